package io.millrace.local.broker;

import java.nio.file.Path;
import java.util.Properties;

/** Kafka's configuration for a broker of one node that shares its JVM with everything else. */
final class BrokerProperties {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final long MEBIBYTE = 1024 * 1024;

    private BrokerProperties() {}

    static Properties of(Path logDirectory, Ports ports) {
        Properties properties = new Properties();
        addresses(properties, ports);
        singleNode(properties);
        smallFootprint(properties);
        boundedDisk(properties);
        properties.setProperty("log.dirs", logDirectory.toString());
        return properties;
    }

    private static void addresses(Properties properties, Ports ports) {
        String broker = "PLAINTEXT://" + ports.bootstrapServers();
        String controller = CONTROLLER_LISTENER + "://" + Ports.HOST + ":" + ports.controller();
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", Integer.toString(NODE_ID));
        properties.setProperty("controller.quorum.voters", NODE_ID + "@" + Ports.HOST + ":" + ports.controller());
        properties.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        properties.setProperty("listeners", broker + "," + controller);
        properties.setProperty("advertised.listeners", broker);
        properties.setProperty(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    }

    private static void singleNode(Properties properties) {
        properties.setProperty("auto.create.topics.enable", "false");
        properties.setProperty("offsets.topic.replication.factor", "1");
        properties.setProperty("offsets.topic.num.partitions", "1");
        properties.setProperty("transaction.state.log.replication.factor", "1");
        properties.setProperty("transaction.state.log.min.isr", "1");
        properties.setProperty("transaction.state.log.num.partitions", "1");
        properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
        properties.setProperty("share.coordinator.state.topic.min.isr", "1");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        // Waiting for a quorum or a session of one makes no sense: without these a start takes seconds longer.
        properties.setProperty("broker.session.timeout.ms", "2000");
        properties.setProperty("broker.heartbeat.interval.ms", "250");
        properties.setProperty("controller.quorum.election.timeout.ms", "500");
        properties.setProperty("controller.quorum.fetch.timeout.ms", "1000");
    }

    private static void smallFootprint(Properties properties) {
        properties.setProperty("num.network.threads", "2");
        properties.setProperty("num.io.threads", "3");
        properties.setProperty("num.replica.fetchers", "1");
        properties.setProperty("num.recovery.threads.per.data.dir", "2");
        properties.setProperty("background.threads", "2");
        properties.setProperty("log.cleaner.enable", "true");
        properties.setProperty("log.cleaner.threads", "1");
        properties.setProperty("log.cleaner.dedupe.buffer.size", Long.toString(4 * MEBIBYTE));
        properties.setProperty("log.preallocate", "false");
        properties.setProperty("log.index.size.max.bytes", Long.toString(MEBIBYTE));
    }

    /** A partition keeps some minutes of a machine's full rate; the compacted topics are bounded by their keys. */
    private static void boundedDisk(Properties properties) {
        properties.setProperty("log.segment.bytes", Long.toString(64 * MEBIBYTE));
        properties.setProperty("log.retention.bytes", Long.toString(512 * MEBIBYTE));
        properties.setProperty("log.retention.check.interval.ms", "15000");
        properties.setProperty("log.segment.delete.delay.ms", "5000");
    }
}
