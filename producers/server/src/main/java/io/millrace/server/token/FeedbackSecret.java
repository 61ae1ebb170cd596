package io.millrace.server.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

/** The key that feedback tokens are signed with, the same on every replica; never printed. */
public final class FeedbackSecret {

    /** As many as the digest of HMAC-SHA-256 has (RFC 7518, 3.2). */
    public static final int LEAST_BYTES = 32;

    private final byte[] bytes;

    private FeedbackSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The bytes as they are.
     *
     * @throws IllegalArgumentException when they are fewer than {@value #LEAST_BYTES}; {@code key} is what to name then
     */
    public static FeedbackSecret of(String key, byte[] bytes) {
        if (bytes.length < LEAST_BYTES) {
            throw new IllegalArgumentException(key + ": expected at least " + LEAST_BYTES + " bytes, found "
                    + bytes.length + "; make one with: openssl rand -base64 48");
        }
        return new FeedbackSecret(bytes.clone());
    }

    /**
     * What the file holds, without white space at its end.
     *
     * @throws IllegalArgumentException when it cannot be read or is too short
     */
    public static FeedbackSecret fromFile(Path file) {
        String key = "feedback-token.secret-file";
        try {
            return of(
                    key,
                    Files.readString(file, StandardCharsets.ISO_8859_1)
                            .stripTrailing()
                            .getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException(
                    key + ": expected a file that can be read, found " + e + "; mount the secret there", e);
        }
    }

    /** A secret that no other process has: its tokens end with this process. */
    public static FeedbackSecret random() {
        byte[] bytes = new byte[LEAST_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new FeedbackSecret(bytes);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeedbackSecret secret && Arrays.equals(bytes, secret.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "FeedbackSecret[" + bytes.length + " bytes]";
    }
}
