package io.millrace.local.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second process off a directory. The operating system lets go of it when the process ends, however it ends. */
final class DirectoryLock implements AutoCloseable {

    private static final String FILE = "millrace.lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks an existing directory.
     *
     * @throws IllegalStateException when another process has it
     * @throws UncheckedIOException when it cannot be written
     */
    static DirectoryLock of(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(channel)) {
                channel.close();
                throw new IllegalStateException("directory: expected one that no other process uses, found " + directory
                        + " in use; stop the other process, or give another directory");
            }
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "directory: expected one that can be locked, found: " + e + " (" + file + ")", e);
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("directory lock: could not be released: " + e, e);
        }
    }
}
