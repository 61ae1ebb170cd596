package io.millrace.sdk.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {

    @Test
    void makesTheProducerSafeAndQuickToRefuse() {
        Map<String, Object> producer = settings(Map.of()).producer();

        assertThat(producer)
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("delivery.timeout.ms", 2_000)
                .containsEntry("max.block.ms", 250L)
                .containsEntry("client.id", "r1-producer");
    }

    @Test
    void makesSettingsThatKafkasClientsAccept() {
        for (Duration timeout :
                new Duration[] {Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofMinutes(10)}) {
            var settings = new ClientSettings("localhost:9092", "r1", timeout, Map.of("linger.ms", "10"));
            var producer = new HashMap<>(settings.producer());
            producer.put("key.serializer", ByteArraySerializer.class);
            producer.put("value.serializer", ByteArraySerializer.class);
            var consumer = new HashMap<>(settings.consumer("parameters"));
            consumer.put("key.deserializer", ByteArrayDeserializer.class);
            consumer.put("value.deserializer", ByteArrayDeserializer.class);

            var accepted = new ProducerConfig(producer);
            assertThat(accepted.getInt("delivery.timeout.ms")).isGreaterThanOrEqualTo((int)
                    (accepted.getLong("linger.ms") + accepted.getInt("request.timeout.ms")));
            assertThat(new ConsumerConfig(consumer).getBoolean("enable.auto.commit"))
                    .isFalse();
        }
    }

    @Test
    void passesASettingToTheClientsThatKnowIt() {
        ClientSettings settings = settings(Map.of(
                "linger.ms", "7", "isolation.level", "read_committed", "security.protocol", "SSL", "my.own", "x"));

        assertThat(settings.producer())
                .containsEntry("linger.ms", "7")
                .containsEntry("security.protocol", "SSL")
                .containsEntry("my.own", "x")
                .doesNotContainKey("isolation.level");
        assertThat(settings.consumer("parameters"))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("security.protocol", "SSL")
                .containsEntry("my.own", "x")
                .doesNotContainKey("linger.ms");
    }

    @Test
    void refusesASettingThatWouldBreakAPromise() {
        assertThatThrownBy(() -> settings(Map.of("acks", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("kafka.acks: expected no value, since Millrace sets it, found '1'; remove it");
    }

    private static ClientSettings settings(Map<String, String> passedThrough) {
        return new ClientSettings("localhost:9092", "r1", Duration.ofSeconds(2), passedThrough);
    }
}
