package io.millrace.learner;

import io.millrace.learner.control.Control;
import io.millrace.learner.control.ControlDeserializer;
import io.millrace.learner.control.LearnerFence;
import io.millrace.learner.ingest.RawRecord;
import io.millrace.learner.ingest.RawRecordDeserializer;
import io.millrace.learner.ingest.TimelessWatermarks;
import io.millrace.learner.ingest.WallClockWatermarks;
import io.millrace.learner.options.LearnerOptions;
import io.millrace.learner.options.LearnerOptions.Delivery;
import io.millrace.learner.sink.DeadLetterSerializer;
import io.millrace.learner.sink.RecordSerializer;
import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.wire.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The job's sources and sinks: which topic, from where, with which guarantee. */
final class KafkaEnds {

    /** An epoch opens after its job was built; clocks may differ by this much. */
    private static final Duration PARAMETERS_MARGIN = Duration.ofMinutes(1);

    private final LearnerOptions options;
    private final Topics topics;

    KafkaEnds(LearnerOptions options) {
        this.options = options;
        this.topics = options.topics();
    }

    DataStream<RawRecord> generations(StreamExecutionEnvironment env) {
        return events(env, topics.generations().name(), RawRecord.Kind.GENERATION, OperatorIds.GENERATIONS_SOURCE);
    }

    DataStream<RawRecord> rewards(StreamExecutionEnvironment env) {
        return events(env, topics.rewards().name(), RawRecord.Kind.REWARD, OperatorIds.REWARDS_SOURCE);
    }

    /** Without state, goes on from the committed offsets; without those, from the beginning. */
    @SuppressWarnings("deprecation") // the connector's API takes the enum that kafka-clients 4 deprecates
    private DataStream<RawRecord> events(
            StreamExecutionEnvironment env, String topic, RawRecord.Kind kind, String uid) {
        KafkaSource<RawRecord> source = source(
                topic,
                uid,
                OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST),
                new RawRecordDeserializer(kind));
        WatermarkStrategy<RawRecord> watermarks = WatermarkStrategy.forGenerator(
                WallClockWatermarks.supplier(options.outOfOrder(), options.idleAfter(), options.startGrace()));
        return env.fromSource(source, watermarks, uid).uid(uid);
    }

    /** Compacted, so the beginning holds the newest specification of every policy. */
    DataStream<Control> policies(StreamExecutionEnvironment env) {
        return control(
                env,
                topics.policies().name(),
                Control.Kind.POLICY,
                OffsetsInitializer.earliest(),
                OperatorIds.POLICIES_SOURCE);
    }

    /** Whatever was published before this job opened its epochs does not concern it. */
    DataStream<Control> parameters(StreamExecutionEnvironment env) {
        return control(
                env,
                topics.parameters().name(),
                Control.Kind.PARAMETERS,
                OffsetsInitializer.timestamp(System.currentTimeMillis() - PARAMETERS_MARGIN.toMillis()),
                OperatorIds.PARAMETERS_SOURCE);
    }

    private DataStream<Control> control(
            StreamExecutionEnvironment env, String topic, Control.Kind kind, OffsetsInitializer from, String uid) {
        KafkaSource<Control> source = source(topic, uid, from, new ControlDeserializer(kind));
        WatermarkStrategy<Control> watermarks = WatermarkStrategy.forGenerator(TimelessWatermarks.supplier());
        return env.fromSource(source, watermarks, uid).uid(uid);
    }

    private <T> KafkaSource<T> source(
            String topic, String uid, OffsetsInitializer from, KafkaRecordDeserializationSchema<T> deserializer) {
        Properties properties = options.kafkaProperties();
        properties.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "50");
        properties.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return KafkaSource.<T>builder()
                .setProperties(properties)
                .setTopics(topic)
                .setGroupId(options.groupId())
                .setClientIdPrefix(options.groupId() + "-" + uid)
                .setStartingOffsets(from)
                .setDeserializer(deserializer)
                .build();
    }

    /** Every update says which learner wrote it, see {@link LearnerFence}. */
    void sinkParameters(DataStream<ParameterUpdate> updates, String learner) {
        updates.sinkTo(sink(
                        new RecordSerializer<>(
                                topics.parameters().name(),
                                ParameterUpdate.class,
                                ParameterUpdate::getPolicy,
                                update -> Map.of(
                                        Topics.LEARNER_HEADER,
                                        learner,
                                        Topics.EPOCH_HEADER,
                                        Long.toString(update.getEpoch()))),
                        options.delivery() == Delivery.EXACTLY_ONCE
                                ? DeliveryGuarantee.EXACTLY_ONCE
                                : DeliveryGuarantee.AT_LEAST_ONCE,
                        OperatorIds.PARAMETERS_SINK))
                .name("parameters")
                .uid(OperatorIds.PARAMETERS_SINK);
    }

    void sinkSnapshots(DataStream<ParameterSnapshot> snapshots) {
        snapshots
                .sinkTo(sink(
                        new RecordSerializer<>(
                                topics.snapshots().name(), ParameterSnapshot.class, KafkaEnds::snapshotKey),
                        DeliveryGuarantee.AT_LEAST_ONCE,
                        OperatorIds.SNAPSHOTS_SINK))
                .name("snapshots")
                .uid(OperatorIds.SNAPSHOTS_SINK);
    }

    private static String snapshotKey(ParameterSnapshot snapshot) {
        return snapshot.getPolicy() + "/" + snapshot.getSlot() + "/" + snapshot.getChunk();
    }

    void sinkDeadLetters(DataStream<DeadLetter> deadLetters) {
        deadLetters
                .sinkTo(sink(
                        new DeadLetterSerializer(topics.deadLetters().name()),
                        DeliveryGuarantee.AT_LEAST_ONCE,
                        OperatorIds.DEAD_LETTERS_SINK))
                .name("dead-letters")
                .uid(OperatorIds.DEAD_LETTERS_SINK);
    }

    private <R extends SpecificRecord> KafkaSink<R> sink(
            KafkaRecordSerializationSchema<R> serializer, DeliveryGuarantee guarantee, String uid) {
        Properties properties = options.kafkaProperties();
        properties.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topics.MAX_DEAD_LETTER_BYTES));
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "0");
        // Below the broker's default limit of 15 minutes, above the longest checkpoint.
        properties.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "600000");
        return KafkaSink.<R>builder()
                .setKafkaProducerConfig(properties)
                .setBootstrapServers(properties.getProperty("bootstrap.servers"))
                .setRecordSerializer(serializer)
                .setDeliveryGuarantee(guarantee)
                .setTransactionalIdPrefix(options.groupId() + "-" + uid)
                .build();
    }
}
