package io.millrace.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.TopicAdmin;
import io.millrace.local.admin.TopicOptions;
import io.millrace.schemas.wire.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerIT {

    private static final String TOPIC = Topics.withDefaultPrefix().policies().name();

    @Test
    void keepsCommittedRecordsOverARestart(@TempDir Path data) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.keptIn(data))) {
            createTopics(broker);
            produce(broker, "before the restart");

            broker.restart();
            produce(broker, "after the restart");

            assertThat(readAll(broker)).containsExactly("before the restart", "after the restart");
        }
    }

    @Test
    void findsItsRecordsAgainInAKeptDirectory(@TempDir Path data) throws Exception {
        try (EmbeddedBroker first = EmbeddedBroker.start(BrokerOptions.keptIn(data))) {
            createTopics(first);
            produce(first, "kept");
        }
        try (EmbeddedBroker second = EmbeddedBroker.start(BrokerOptions.keptIn(data))) {
            assertThat(readAll(second)).containsExactly("kept");
        }
    }

    @Test
    void keepsItsAddressOverARestart() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.temporary())) {
            String address = broker.bootstrapServers();

            broker.restart();

            assertThat(broker.bootstrapServers()).isEqualTo(address);
        }
    }

    @Test
    void refusesAPortThatIsTakenAndSaysWhich(@TempDir Path data) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            BrokerOptions options = new BrokerOptions(Optional.of(data), taken.getLocalPort());

            assertThatThrownBy(() -> EmbeddedBroker.start(options))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void deletesATemporaryDirectoryWhenItCloses() throws IOException {
        Path directory;
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.temporary())) {
            directory = broker.directory();
            assertThat(directory).isNotEmptyDirectory();
        }
        assertThat(Files.exists(directory)).isFalse();
    }

    private static void createTopics(EmbeddedBroker broker) {
        try (TopicAdmin admin = TopicAdmin.connect(KafkaAccess.plain(broker.bootstrapServers()))) {
            admin.create(TopicOptions.DEFAULTS);
        }
    }

    private static void produce(EmbeddedBroker broker, String value) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, value, value)).get();
        }
    }

    private static List<String> readAll(EmbeddedBroker broker) {
        Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
        List<TopicPartition> partitions = List.of(new TopicPartition(TOPIC, 0));
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).values().iterator().next();
            while (consumer.position(partitions.get(0)) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
