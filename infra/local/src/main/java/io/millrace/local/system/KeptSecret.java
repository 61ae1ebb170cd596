package io.millrace.local.system;

import io.millrace.local.files.WorkingDirectory;
import io.millrace.server.token.FeedbackSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
        return FeedbackSecret.fromFile(file);
    }

    private static void make(Path file) {
        byte[] secret = new byte[FeedbackSecret.LEAST_BYTES];
        new SecureRandom().nextBytes(secret);
        try {
            if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, HexFormat.of().formatHex(secret));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "feedback secret: expected a file that can be written, found: " + e + " (" + file + ")", e);
        }
    }
}
