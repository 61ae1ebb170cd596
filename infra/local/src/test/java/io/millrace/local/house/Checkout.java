package io.millrace.local.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that the tests run in. */
public final class Checkout {

    /** The directory that holds the README: tests run in the module's own, which is two levels down. */
    public static final Path ROOT = root();

    private Checkout() {}

    /** The text of a file by its path from the root. */
    public static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path root() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("README.md"))) {
            Path parent = root.getParent();
            if (parent == null) {
                throw new AssertionError("README.md: expected in a directory above "
                        + Path.of("").toAbsolutePath());
            }
            root = parent;
        }
        return root;
    }
}
