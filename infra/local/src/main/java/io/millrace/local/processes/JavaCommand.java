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
            // Half of what a new process uses goes into the optimizing compiler, and these are new.
            "-XX:TieredStopAtLevel=1",
            // What a Flink distribution's env.java.opts.all opens, as far as this job needs it.
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED");
    private static final int NEEDS_LEAVE = 24;

    JavaCommand {
        options = List.copyOf(options);
        arguments = List.copyOf(arguments);
    }

    /** {@code more}: further options of the JVM. */
    List<String> words(List<String> more) {
        List<String> words = java();
        words.addAll(options);
        words.addAll(more);
        words.addAll(List.of("-cp", classPath, ParentWatch.class.getName(), mainClass));
        words.addAll(arguments);
        return words;
    }

    /** A JVM of the same kind that runs nothing: it archives classes of these jars. */
    List<String> dumping(List<String> how, String jars) {
        List<String> words = java();
        words.addAll(how);
        words.addAll(List.of("-cp", jars));
        return words;
    }

    private static List<String> java() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        words.addAll(OF_ALL);
        if (Runtime.version().feature() >= NEEDS_LEAVE) {
            words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        return words;
    }
}
