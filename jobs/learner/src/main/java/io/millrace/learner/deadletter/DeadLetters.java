package io.millrace.learner.deadletter;

import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.wire.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Makes dead letters; every operator sends them to the same side output. */
public final class DeadLetters {

    /** The side output of every operator that can refuse something. */
    public static final OutputTag<DeadLetter> TAG =
            new OutputTag<>("dead-letters", new AvroTypeInfo<>(DeadLetter.class));

    /** Room for all the other fields of a dead letter. */
    private static final int ENVELOPE_BYTES = 64 * 1024;

    private static final int MAX_DETAIL_CHARS = 2_000;

    private DeadLetters() {}

    public static DeadLetter of(
            DeadLetterReason reason, String detail, @Nullable String policy, Origin origin, Instant now) {
        byte[] value = origin.value();
        int kept = Math.min(value.length, Topics.MAX_DEAD_LETTER_BYTES - ENVELOPE_BYTES);
        return DeadLetter.newBuilder()
                .setReason(reason)
                .setDetail(detail.length() > MAX_DETAIL_CHARS ? detail.substring(0, MAX_DETAIL_CHARS) : detail)
                .setPolicy(policy)
                .setTrajectoryId(origin.key())
                .setOriginTopic(origin.topic())
                .setOriginPartition(origin.partition())
                .setOriginOffset(origin.offset())
                .setOriginTimestamp(Instant.ofEpochMilli(origin.timestamp()))
                .setOriginalKey(ByteBuffer.wrap(origin.key().getBytes(StandardCharsets.UTF_8)))
                .setOriginalValue(ByteBuffer.wrap(kept == value.length ? value : Arrays.copyOf(value, kept)))
                .setOriginalSize(value.length)
                .setRecordedAt(now)
                .build();
    }
}
