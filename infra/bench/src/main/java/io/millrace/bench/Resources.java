package io.millrace.bench;

import io.millrace.policy.spec.PolicyDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The fixed inputs that lie beside this class. */
final class Resources {

    private Resources() {}

    /** A policy as the bundled one of that name was when these benchmarks were written. */
    static PolicyDefinition policy(String name) {
        return PolicyDefinition.parse(text(name + ".json"));
    }

    /** About two hundred common words and a few long ones, in letters a–z. */
    static List<String> words() {
        return text("words.txt").lines().toList();
    }

    private static String text(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("benchmark input: expected the resource '" + name + "' beside "
                        + Resources.class.getName() + ", found none; build the module anew");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("benchmark input: could not read '" + name + "'", e);
        }
    }
}
