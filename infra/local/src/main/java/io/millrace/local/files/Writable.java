package io.millrace.local.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Tells early that a file could not be written late. */
public final class Writable {

    private Writable() {}

    /**
     * Nothing, when the file can be written; it is neither made nor changed.
     *
     * @throws IllegalArgumentException when it cannot; {@code what}: names it for people, such as its option
     */
    public static void require(String what, Path file) {
        boolean there = Files.exists(file);
        try {
            Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close();
            if (!there) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    what + ": expected a file that can be written, found: " + e
                            + "; make its directory, or name another" + " file",
                    e);
        }
    }
}
