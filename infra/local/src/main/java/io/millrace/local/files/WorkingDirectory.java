package io.millrace.local.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory that is somebody's to keep, or a temporary one that is deleted on close. */
public final class WorkingDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkingDirectory.class);

    private final Path path;
    private final boolean temporary;
    private Optional<DirectoryLock> lock = Optional.empty();

    private WorkingDirectory(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    /**
     * The given directory, made when it is missing, or else a temporary one.
     *
     * @throws IllegalArgumentException when it is a file
     * @throws UncheckedIOException when it cannot be made
     */
    public static WorkingDirectory of(Optional<Path> kept, String temporaryPrefix) {
        kept.filter(path -> Files.exists(path) && !Files.isDirectory(path)).ifPresent(file -> {
            throw new IllegalArgumentException(
                    "data directory: expected a directory or none yet, found a file (" + file + ")");
        });
        try {
            return kept.isPresent()
                    ? new WorkingDirectory(Files.createDirectories(kept.get()).toRealPath(), false)
                    : new WorkingDirectory(
                            Files.createTempDirectory(temporaryPrefix).toRealPath(), true);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "data directory: expected one that can be made and written, found: " + e
                            + kept.map(path -> " (" + path + ")").orElse(""),
                    e);
        }
    }

    /**
     * Keeps other processes off it until it is closed.
     *
     * @throws IllegalStateException when one has it already
     */
    public WorkingDirectory locked() {
        lock = Optional.of(DirectoryLock.of(path));
        return this;
    }

    public Path path() {
        return path;
    }

    public boolean temporary() {
        return temporary;
    }

    @Override
    public void close() {
        lock.ifPresent(DirectoryLock::close);
        if (!temporary) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Could not delete the temporary directory {}: {}", path, e.toString());
        }
    }
}
