package io.millrace.local.broker;

import java.time.Duration;
import org.apache.kafka.common.utils.AppInfoParser;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Apache Kafka in a container, of the image that the environment variable {@value #IMAGE} names, behind a proxy. To stand
 * still its whole container is paused.
 */
public final class ContainerBroker implements DisturbedBroker {

    private static final String IMAGE = "KAFKA_IMAGE";
    private static final String APACHES = "apache/kafka";

    /** Of the listener that clients use, inside the container. */
    private static final int PORT = 19_092;

    /** It takes some seconds, and on a machine that does much else many. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final LoopbackProxy connection;
    private final KafkaContainer container;

    private ContainerBroker(LoopbackProxy connection, KafkaContainer container) {
        this.connection = connection;
        this.container = container;
    }

    /** Starts one that keeps nothing. */
    public static ContainerBroker start() throws Exception {
        LoopbackProxy connection = LoopbackProxy.open();
        // An image of another name is built to behave as Apache's does.
        KafkaContainer container = new KafkaContainer(
                        DockerImageName.parse(image()).asCompatibleSubstituteFor(APACHES))
                .withListener("0.0.0.0:" + PORT, connection::address)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withStartupTimeout(PATIENCE);
        container.addExposedPort(PORT);
        var broker = new ContainerBroker(connection, container);
        try {
            container.start();
            connection.connectTo(container.getMappedPort(PORT));
            return broker;
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    private static String image() {
        return System.getenv().getOrDefault(IMAGE, APACHES + ":" + AppInfoParser.getVersion());
    }

    @Override
    public LoopbackProxy connection() {
        return connection;
    }

    @Override
    public void pause() {
        container
                .getDockerClient()
                .pauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void resume() {
        container
                .getDockerClient()
                .unpauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void close() {
        connection.close();
        container.stop();
    }
}
