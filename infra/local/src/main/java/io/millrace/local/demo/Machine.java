package io.millrace.local.demo;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Where something was measured.
 *
 * @param cores that this JVM may use
 * @param memoryMegabytes of the machine; −1: not known
 */
public record Machine(int cores, long memoryMegabytes, String jdk, String operatingSystem) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final long UNKNOWN = -1;

    /** This machine. */
    public static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                megabytes(MEMORY, "MemTotal:").orElse(UNKNOWN),
                Runtime.version() + " " + System.getProperty("java.vendor", ""),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    /** The most physical memory that this process has held so far; −1 where the system does not say. */
    static long residentPeakMegabytes() {
        return megabytes(STATUS, "VmHWM:").orElse(UNKNOWN);
    }

    /** Time since this JVM began to start. */
    static Duration sinceJvmStart(Instant now) {
        return Duration.between(
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()), now);
    }

    /** Of a line such as {@code VmHWM:  1234 kB}. */
    private static OptionalLong megabytes(Path file, String key) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(kilobytes -> Long.parseLong(kilobytes) / 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
