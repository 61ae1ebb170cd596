package io.millrace.local.processes;

import io.millrace.local.processes.ClusterShape.Matrices;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The conf/ of a Flink session cluster of bare JVMs. Every component of a TaskManager's memory is spelled out, since the
 * scripts of a distribution, which compute them, do not run here. What fails is noticed within seconds.
 */
final class FlinkFiles {

    static final int TASK_MANAGER_HEAP_MEGABYTES = 384;

    private static final String CONFIGURATION = """
            jobmanager.rpc.address: 127.0.0.1
            jobmanager.bind-host: 127.0.0.1
            jobmanager.memory.heap.size: 256m
            taskmanager.host: 127.0.0.1
            taskmanager.bind-host: 127.0.0.1
            rest.address: 127.0.0.1
            rest.bind-address: 127.0.0.1
            rest.port: %1$d
            rest.bind-port: "%1$d"
            taskmanager.numberOfTaskSlots: %2$d
            taskmanager.load-balance.mode: SLOTS
            taskmanager.cpu.cores: 1
            taskmanager.memory.framework.heap.size: 64m
            taskmanager.memory.task.heap.size: 320m
            taskmanager.memory.framework.off-heap.size: 64m
            taskmanager.memory.task.off-heap.size: 128m
            taskmanager.memory.network.min: 64m
            taskmanager.memory.network.max: 64m
            taskmanager.memory.managed.size: 8m
            taskmanager.memory.jvm-metaspace.size: 256m
            taskmanager.memory.jvm-overhead.min: 64m
            taskmanager.memory.jvm-overhead.max: 64m
            taskmanager.network.memory.buffers-per-channel: 8
            taskmanager.network.memory.floating-buffers-per-gate: 128
            io.tmp.dirs: %3$s/tmp
            web.upload.dir: %3$s/upload
            high-availability.type: zookeeper
            high-availability.zookeeper.quorum: 127.0.0.1:%4$d
            high-availability.zookeeper.client.session-timeout: 4s
            high-availability.zookeeper.client.connection-timeout: 4s
            high-availability.zookeeper.client.retry-wait: 1s
            high-availability.storageDir: file://%3$s/high-availability
            execution.checkpointing.interval: %5$d ms
            execution.checkpointing.storage: filesystem
            execution.checkpointing.dir: file://%3$s/checkpoints
            execution.checkpointing.savepoint-dir: file://%3$s/savepoints
            execution.checkpointing.num-retained: 2
            execution.checkpointing.tolerable-failed-checkpoints: 100
            execution.buffer-timeout.interval: 0 ms
            state.backend.type: hashmap
            pipeline.object-reuse: true
            restart-strategy.type: fixed-delay
            restart-strategy.fixed-delay.attempts: 2147483647
            restart-strategy.fixed-delay.delay: 200 ms
            heartbeat.interval: 1000
            heartbeat.timeout: 5000
            """;

    private static final String LOGGING = """
            rootLogger.level = INFO
            rootLogger.appenderRef.console.ref = console
            logger.kafka.name = org.apache.kafka
            logger.kafka.level = WARN
            logger.metrics.name = org.apache.flink.runtime.metrics.groups
            logger.metrics.level = ERROR
            logger.metricGroup.name = org.apache.flink.metrics.MetricGroup
            logger.metricGroup.level = ERROR
            appender.console.type = CONSOLE
            appender.console.name = console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %d{HH:mm:ss,SSS} %-5p %c{1} - %m%n
            """;

    private final Installation installation;
    private final ClusterShape shape;
    private final Path home;

    FlinkFiles(Installation installation, ClusterShape shape, Path home) {
        this.installation = installation;
        this.shape = shape;
        this.home = home;
    }

    /** Writes them, and copies the one class that lets Flink's processes end with this one. */
    void write(Addresses addresses) {
        try {
            Files.createDirectories(home.resolve("conf"));
            Files.writeString(
                    home.resolve("conf/config.yaml"),
                    CONFIGURATION.formatted(
                            addresses.rest(),
                            ClusterShape.SLOTS_OF_A_TASK_MANAGER,
                            home,
                            addresses.zooKeeper(),
                            shape.checkpointEvery().toMillis()));
            Files.writeString(home.resolve("conf/log4j.properties"), LOGGING);
            copyParentWatch();
        } catch (IOException e) {
            throw new UncheckedIOException("configuration of Flink could not be written: " + e.getMessage(), e);
        }
    }

    /** A Flink process; {@code arguments}: besides that of the configuration. */
    JavaCommand command(List<String> memory, String mainClass, String... arguments) {
        List<String> all =
                new ArrayList<>(List.of("--configDir", home.resolve("conf").toString()));
        all.addAll(List.of(arguments));
        return tool(memory, mainClass, all);
    }

    /** A process with Flink's class path that is not of Flink's own. */
    JavaCommand tool(List<String> memory, String mainClass, List<String> arguments) {
        List<String> options = new ArrayList<>(memory);
        options.add("-Dlog4j.configurationFile=" + home.resolve("conf/log4j.properties"));
        return new JavaCommand(classPath(), options, mainClass, arguments);
    }

    private String classPath() {
        String flink = shape.matrices() == Matrices.WITH_ND4J
                ? installation.flinkClassPathWithMatrices()
                : installation.flinkClassPath();
        return flink + File.pathSeparator + home.resolve("watch");
    }

    private void copyParentWatch() throws IOException {
        String file = ParentWatch.class.getSimpleName() + ".class";
        Path folder = Files.createDirectories(
                home.resolve("watch").resolve(ParentWatch.class.getPackageName().replace('.', '/')));
        try (var in = ParentWatch.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException("no resource " + file);
            }
            long ignored = Files.copy(in, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
