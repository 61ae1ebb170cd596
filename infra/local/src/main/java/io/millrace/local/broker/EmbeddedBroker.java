package io.millrace.local.broker;

import io.millrace.local.files.WorkingDirectory;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Apache Kafka broker in KRaft mode (broker and controller in one node) inside this JVM, on the loopback address. It
 * can be stopped and started again on the same directory and the same ports; what was committed is still there. One
 * thread owns it.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final int ATTEMPTS = 5;

    private final WorkingDirectory directory;
    private final int wantedPort;
    private Ports ports;
    private @Nullable KafkaRaftServer server;

    private EmbeddedBroker(WorkingDirectory directory, int wantedPort) {
        this.directory = directory;
        this.wantedPort = wantedPort;
        this.ports = Ports.pick(wantedPort);
    }

    /**
     * Starts a broker; formats its directory when it is new.
     *
     * @throws BrokerStartException when the port is taken or the directory cannot be used
     */
    public static EmbeddedBroker start(BrokerOptions options) {
        WorkingDirectory directory = WorkingDirectory.of(options.dataDirectory(), "millrace-broker-");
        EmbeddedBroker broker = new EmbeddedBroker(directory, options.port());
        try {
            broker.start();
            return broker;
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** Starts after {@link #stop}, on the same directory and, unless another process has taken them, the same ports. */
    public void start() {
        if (server != null) {
            throw new IllegalStateException("broker already runs at " + bootstrapServers());
        }
        for (int attempt = 1; ; attempt++) {
            try {
                server = startOnce();
                return;
            } catch (BrokerStartException e) {
                if (wantedPort != 0 || attempt == ATTEMPTS || !causedBy(e, BindException.class)) {
                    throw e;
                }
                LOG.info("Port {} was taken by another process; trying another", ports.broker());
                ports = Ports.pick(wantedPort);
            }
        }
    }

    /** Shuts down in an orderly way and keeps the data. No effect when stopped. */
    public void stop() {
        KafkaRaftServer running = server;
        if (running == null) {
            return;
        }
        server = null;
        running.shutdown();
        running.awaitShutdown();
    }

    /** Stops and starts; clients reconnect by themselves. */
    public void restart() {
        stop();
        start();
    }

    /** Address for Kafka clients. */
    public String bootstrapServers() {
        return ports.bootstrapServers();
    }

    /** Where the data is. */
    public Path directory() {
        return directory.path();
    }

    @Override
    public void close() {
        stop();
        directory.close();
    }

    private KafkaRaftServer startOnce() {
        KafkaConfig config = KafkaConfig.fromProps(BrokerProperties.of(directory(), ports), false);
        try {
            formatWhenNew();
            KafkaRaftServer starting = new KafkaRaftServer(config, Time.SYSTEM);
            starting.startup();
            return starting;
        } catch (Exception e) {
            // Scala throws checked exceptions that its signatures do not declare.
            throw new BrokerStartException(
                    "broker did not start: expected a free port " + bootstrapServers() + " and a usable directory "
                            + directory() + ", found: " + e.getMessage()
                            + "; choose another port, or a directory that no other broker uses",
                    e);
        }
    }

    private void formatWhenNew() throws Exception {
        if (Files.exists(directory().resolve("meta.properties"))) {
            return;
        }
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(BrokerProperties.NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setMetadataLogDirectory(directory().toString())
                .addDirectory(directory().toString())
                .run();
    }

    private static boolean causedBy(Throwable error, Class<? extends Throwable> kind) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
