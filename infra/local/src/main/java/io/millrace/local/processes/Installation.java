package io.millrace.local.processes;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the build has left what separate processes run.
 *
 * @param home directory that holds the {@code millrace} command
 */
public record Installation(Path home) {

    /** System property that names the home; the {@code millrace} command sets it. */
    public static final String HOME = "millrace.home";

    /**
     * The one that this process was started from.
     *
     * @throws IllegalStateException when it was not started by the {@code millrace} command
     */
    public static Installation here() {
        String home = System.getProperty(HOME, "");
        if (home.isEmpty()) {
            throw new IllegalStateException("system property " + HOME
                    + ": expected the directory of the millrace command, found none; start this by that command");
        }
        return new Installation(Path.of(home).toAbsolutePath().normalize());
    }

    /** The jar that is submitted to Flink clusters. */
    public Path jobJar() {
        return only(home.resolve("jobs/learner/target"), "millrace-learner-*-job.jar");
    }

    /** Class path of a Flink cluster as its distribution has it. */
    public String flinkClassPath() {
        return text(home.resolve("infra/flink/target/runtime/classpath"));
    }

    /** The same, with ND4J's jars, as a cluster needs it whose policies are neural networks. */
    public String flinkClassPathWithMatrices() {
        return flinkClassPath() + File.pathSeparator + home.resolve("jobs/neural/target/cluster-lib") + "/*";
    }

    /** Class path of this process, for parts that are written here. */
    public String ownClassPath() {
        return System.getProperty("java.class.path", "");
    }

    /** Where images of the classes that parts load are kept. */
    Path classArchives() {
        return home.resolve("infra/local/target/runtime/classes");
    }

    private static Path only(Path directory, String glob) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, glob)) {
            for (Path path : found) {
                return path;
            }
        } catch (IOException e) {
            throw missing(directory.resolve(glob), e);
        }
        throw missing(directory.resolve(glob), new IOException("no such file"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw missing(file, e);
        }
    }

    private static UncheckedIOException missing(Path file, IOException cause) {
        return new UncheckedIOException(
                "installation: expected " + file + ", found " + cause.getMessage() + "; run 'mvn package'", cause);
    }
}
