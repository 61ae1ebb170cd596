package io.millrace.learner.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.sink.RecordSerializer;
import io.millrace.schemas.Reward;
import io.millrace.schemas.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema.KafkaSinkContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class ControlDeserializerTest {

    @Test
    void readsWhoWroteAnUpdateFromTheHeadersThatTheSinkWrites() {
        var sink = new RecordSerializer<>(
                "topic",
                Reward.class,
                Reward::getPolicy,
                reward -> Map.of(Topics.LEARNER_HEADER, "job-7", Topics.EPOCH_HEADER, "42"));
        var reward = Reward.newBuilder()
                .setRewardId("r")
                .setPolicy("pick")
                .setTrajectoryId("t")
                .setValue(1)
                .setObservedAt(Instant.EPOCH)
                .build();

        Control control = read(sink.serialize(reward, new OneSink(), null));

        assertThat(control.key()).isEqualTo("pick");
        assertThat(control.learner()).isEqualTo("job-7");
        assertThat(control.epoch()).isEqualTo(42);
    }

    @Test
    void takesARecordThatSaysNothingOrNonsense() {
        var silent = new ProducerRecord<byte[], byte[]>("topic", null, new byte[] {1});
        assertThat(read(silent).learner()).isEmpty();
        assertThat(read(silent).epoch()).isEqualTo(-1);

        silent.headers().add(Topics.EPOCH_HEADER, "4x".getBytes(StandardCharsets.UTF_8));
        assertThat(read(silent).epoch()).isEqualTo(-1);
    }

    /** The only instance, of a topic with one partition. */
    private static final class OneSink implements KafkaSinkContext {

        @Override
        public int getParallelInstanceId() {
            return 0;
        }

        @Override
        public int getNumberOfParallelInstances() {
            return 1;
        }

        @Override
        public int[] getPartitionsForTopic(String topic) {
            return new int[] {0};
        }
    }

    private static Control read(ProducerRecord<byte[], byte[]> sent) {
        var received = new ConsumerRecord<>(sent.topic(), 0, 3, sent.key(), sent.value());
        sent.headers().forEach(header -> received.headers().add(header));
        List<Control> out = new ArrayList<>();
        new ControlDeserializer(Control.Kind.PARAMETERS).deserialize(received, new ListCollector<>(out));
        return out.get(0);
    }
}
