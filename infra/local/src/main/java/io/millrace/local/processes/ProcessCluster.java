package io.millrace.local.processes;

import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.TopicAdmin;
import io.millrace.local.admin.TopicOptions;
import io.millrace.local.files.WorkingDirectory;
import io.millrace.local.flink.FlinkRest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Kafka, a Flink session cluster with its ZooKeeper, and serving replicas, as separate JVMs on the loopback address. Their
 * ports and data outlive a {@code kill -9}; nothing outlives {@link #close} or this process. One thread owns it.
 */
public final class ProcessCluster implements AutoCloseable {

    private static final Duration START_WITHIN = Duration.ofSeconds(90);

    private final WorkingDirectory directory;
    private final Addresses addresses;
    private final Part zooKeeper;
    private final Part broker;
    private final Part jobManager;
    private final List<Part> taskManagers;
    private final List<Part> replicas;
    private final Thread hook = new Thread(this::end, "end-cluster");
    private final Probe probe = new Probe();

    private ProcessCluster(Installation installation, ClusterShape shape, Optional<Path> kept) {
        // The files of another cluster would start its jobs in this one.
        this.directory = WorkingDirectory.of(kept, "millrace-cluster-").empty().locked();
        this.addresses = Addresses.free(shape.replicas());
        createLogs();
        Parts parts = new Parts(installation, shape, directory.path(), addresses);
        parts.writeFiles();
        this.zooKeeper = parts.zooKeeper();
        this.broker = parts.broker();
        this.jobManager = parts.jobManager();
        this.taskManagers = IntStream.rangeClosed(1, shape.taskManagers())
                .mapToObj(parts::taskManager)
                .toList();
        this.replicas = IntStream.rangeClosed(1, shape.replicas())
                .mapToObj(parts::replica)
                .toList();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts everything and returns when every part is ready, the topics are made and every TaskManager has registered.
     *
     * @throws IllegalStateException when a part ends or is not ready in time; with its last words
     */
    public static ProcessCluster start(ClusterShape shape) {
        return start(Installation.here(), shape, Optional.empty());
    }

    /**
     * The same in a directory that is kept, with all logs.
     *
     * @throws IllegalArgumentException when something is in the directory
     */
    public static ProcessCluster start(Installation installation, ClusterShape shape, Optional<Path> kept) {
        ProcessCluster cluster = new ProcessCluster(installation, shape, kept);
        try {
            cluster.startAll();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void startAll() {
        zooKeeper.start();
        broker.start();
        Probe.await(zooKeeper, START_WITHIN, () -> Probe.listens(addresses.zooKeeper()));
        jobManager.start();
        Probe.await(broker, START_WITHIN, () -> Probe.listens(addresses.broker()));
        taskManagers.forEach(Part::start);
        try (TopicAdmin topics = TopicAdmin.connect(kafka())) {
            topics.create(TopicOptions.DEFAULTS);
        }
        replicas.forEach(Part::start);
        awaitFlink();
        replicas.forEach(this::awaitServing);
    }

    private void awaitFlink() {
        FlinkRest flink = new FlinkRest(addresses.flink());
        Probe.await(jobManager, START_WITHIN, () -> flink.taskManagers() >= taskManagers.size());
    }

    /** Returns when the replica answers over HTTP; it may wait for parameters still. */
    public void awaitServing(Part replica) {
        URI live = serving().get(replicas.indexOf(replica)).resolve("/health/live");
        Probe.await(replica, START_WITHIN, () -> probe.answers(live));
    }

    /** Returns when every replica has parameters of every policy. */
    public void awaitReady(Duration atMost) {
        for (int i = 0; i < replicas.size(); i++) {
            URI ready = serving().get(i).resolve("/health/ready");
            Probe.await(replicas.get(i), atMost, () -> probe.answers(ready));
        }
    }

    /**
     * Lets the parts start faster when they start again, as what supervises them in production would arrange it in their
     * images. Takes some seconds a kind of part the first time, and nothing as long as the build stays the same.
     */
    public void archiveClasses() {
        parts().forEach(Part::archiveClasses);
    }

    public KafkaAccess kafka() {
        return KafkaAccess.plain(addresses.kafka());
    }

    /** Of Flink's REST interface. */
    public URI flink() {
        return addresses.flink();
    }

    /** Addresses of the replicas, in their order. */
    public List<URI> serving() {
        return IntStream.range(0, replicas.size()).mapToObj(addresses::replica).toList();
    }

    public Part broker() {
        return broker;
    }

    public Part jobManager() {
        return jobManager;
    }

    public List<Part> taskManagers() {
        return taskManagers;
    }

    public List<Part> replicas() {
        return replicas;
    }

    /** Where all its data and logs are. */
    public Path directory() {
        return directory.path();
    }

    /** Every part, those first that use others. */
    public List<Part> parts() {
        List<Part> all = new ArrayList<>(replicas);
        all.addAll(taskManagers);
        all.addAll(List.of(jobManager, broker, zooKeeper));
        return all;
    }

    @Override
    public void close() {
        end();
        try {
            boolean ignored = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process has begun to end; the hook finds nothing left to do.
        }
    }

    /** Nothing of a cluster is worth an orderly end: its data goes too. */
    private synchronized void end() {
        parts().forEach(Part::destroy);
        parts().forEach(Part::awaitDestroyed);
        directory.close();
    }

    private void createLogs() {
        try {
            for (String name : List.of("logs", "tmp", "upload")) {
                Files.createDirectories(directory.path().resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cluster: expected a directory that can be written, found: " + e, e);
        }
    }
}
