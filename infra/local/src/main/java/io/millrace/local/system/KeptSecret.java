package io.millrace.local.system;

import io.millrace.local.files.WorkingDirectory;
import io.millrace.server.token.FeedbackSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret of a data directory, made once, so that feedback tokens outlive a restart; readable by its owner only. */
final class KeptSecret {

    private static final String FILE = "feedback.secret";

    private KeptSecret() {}

    static FeedbackSecret in(WorkingDirectory data) {
        if (data.temporary()) {
            return FeedbackSecret.random();
        }
        Path file = data.path().resolve(FILE);
        if (!Files.exists(file)) {
            make(file);
        }
        requireContent(file);
        return FeedbackSecret.fromFile(file);
    }

    /** The start of an earlier version, when it was killed, could leave an empty file. */
    private static void requireContent(Path file) {
        try {
            if (Files.size(file) == 0) {
                throw new IllegalArgumentException("feedback secret: expected a key, found an empty file (" + file
                        + "); delete the file, and the next start makes a new one");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("feedback secret: expected a readable file, found: " + e, e);
        }
    }

    /** All or nothing: a process that is killed in between leaves at most a stray temporary file. */
    private static void make(Path file) {
        byte[] secret = new byte[FeedbackSecret.LEAST_BYTES];
        new SecureRandom().nextBytes(secret);
        try {
            // Readable by its owner only, where the file system knows owners.
            Path written = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".new");
            try {
                writeSafely(written, HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII));
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "feedback secret: expected a file that can be written, found: " + e + " (" + file + ")", e);
        }
    }

    private static void writeSafely(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }
}
