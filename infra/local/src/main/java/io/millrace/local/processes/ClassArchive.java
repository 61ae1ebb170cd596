package io.millrace.local.processes;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes that one kind of part loads, as an image that a JVM maps (class data sharing): a process that finds them
 * there reads and verifies none of them, and starts with half the processor time. The first process of the kind writes down
 * which classes it loads; {@link #make} makes the image of them, which is kept for as long as the jars stay the same.
 *
 * <p>An image is a matter of speed only: a JVM that cannot use it starts without. One thread.
 */
final class ClassArchive {

    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String JAR = ".jar";

    private final Path directory;
    private final String kind;
    private final Path logs;
    private boolean listed;

    /**
     * @param directory where images are kept
     * @param logs where the list of classes goes, and what is said while the image is made
     */
    ClassArchive(Path directory, String kind, Path logs) {
        this.directory = directory;
        this.kind = kind;
        this.logs = logs;
    }

    /** What a JVM that starts now is told: to use the image, or to write down what it loads when there is none. */
    List<String> options(JavaCommand command) {
        if (Files.exists(file(command))) {
            return List.of("-XX:SharedArchiveFile=" + file(command), "-Xshare:auto");
        }
        if (listed || jars(command.classPath()).isEmpty()) {
            return List.of();
        }
        listed = true;
        return List.of("-XX:DumpLoadedClassList=" + list());
    }

    /** Makes the image, where there is none and the classes are known. Goes on without when that fails. */
    void make(JavaCommand command) {
        Path file = file(command);
        if (!Files.exists(list()) || Files.exists(file)) {
            return;
        }
        try {
            Files.createDirectories(directory);
            Path unfinished = Files.createTempFile(directory, kind + "-", ".unfinished");
            try {
                dump(command, unfinished);
                removeOthers();
                Path ignored = Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                boolean ignored = Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            LOG.warn("Classes of {} not archived, it will start more slowly: {}", kind, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void dump(JavaCommand command, Path to) throws IOException, InterruptedException {
        List<String> options =
                List.of("-Xshare:dump", "-XX:SharedClassListFile=" + list(), "-XX:SharedArchiveFile=" + to);
        Path log = logs.resolve(kind + ".classes.log");
        Process dumping = new ProcessBuilder(command.dumping(options, jars(command.classPath())))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!dumping.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            dumping.destroyForcibly();
            throw new IOException("expected it to take less than " + PATIENCE + ", see " + log);
        }
        if (dumping.exitValue() != 0 || Files.size(to) == 0) {
            throw new IOException("expected exit status 0, found " + dumping.exitValue() + ", see " + log);
        }
    }

    /** Those of older builds. */
    private void removeOthers() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            for (Path other : all.toList()) {
                String name = other.getFileName().toString();
                if (name.startsWith(kind + "-") && name.endsWith(".jsa")) {
                    boolean ignored = Files.deleteIfExists(other);
                }
            }
        }
    }

    /** Named by what it depends on: the jars, and the JVM. */
    private Path file(JavaCommand command) {
        CRC32C sum = new CRC32C();
        sum.update((Runtime.version() + "\n").getBytes(StandardCharsets.UTF_8));
        for (String jar : jars(command.classPath()).split(File.pathSeparator, -1)) {
            File of = new File(jar);
            sum.update((jar + " " + of.length() + " " + of.lastModified() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return directory.resolve(String.format("%s-%08x.jsa", kind, sum.getValue()));
    }

    private Path list() {
        return logs.resolve(kind + ".classes");
    }

    /** The beginning of a class path, up to the first entry that is no jar; a JVM shares the classes of no others. */
    static String jars(String classPath) {
        List<String> all = new ArrayList<>(Arrays.asList(classPath.split(File.pathSeparator, -1)));
        int first = 0;
        while (first < all.size() && all.get(first).endsWith(JAR)) {
            first++;
        }
        return String.join(File.pathSeparator, all.subList(0, first));
    }
}
