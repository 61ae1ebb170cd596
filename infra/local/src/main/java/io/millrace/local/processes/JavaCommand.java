package io.millrace.local.processes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java process that ends with this one.
 *
 * @param options of the JVM
 * @param arguments of the main class
 */
record JavaCommand(String classPath, List<String> options, String mainClass, List<String> arguments) {

    private static final List<String> OF_ALL = List.of(
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:ReservedCodeCacheSize=96m",
            // What a Flink distribution's env.java.opts.all opens, as far as this job needs it.
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED");
    private static final int NEEDS_LEAVE = 24;

    JavaCommand {
        options = List.copyOf(options);
        arguments = List.copyOf(arguments);
    }

    List<String> words() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        words.addAll(OF_ALL);
        if (Runtime.version().feature() >= NEEDS_LEAVE) {
            words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        words.addAll(options);
        words.addAll(List.of("-cp", classPath, ParentWatch.class.getName(), mainClass));
        words.addAll(arguments);
        return words;
    }
}
