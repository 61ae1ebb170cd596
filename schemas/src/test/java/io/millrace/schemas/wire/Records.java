package io.millrace.schemas.wire;

import io.millrace.schemas.Candidate;
import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.Feature;
import io.millrace.schemas.Generation;
import io.millrace.schemas.Reward;
import io.millrace.schemas.SparseContext;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** Records to test with. */
final class Records {

    private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_123L);

    private Records() {}

    static Generation generation() {
        return Generation.newBuilder()
                .setPolicy("home")
                .setTrajectoryId("t-1")
                .setStep(0)
                .setLast(true)
                .setProducedAt(TIME)
                .setParametersEpoch(2)
                .setParametersVersion(41)
                .setContext(new SparseContext(List.of(new Feature("größe", 0.5f), new Feature("hour=7", 1f))))
                .setCandidates(List.of(
                        new Candidate("a", List.of(new Feature("red", 1f)), false),
                        new Candidate("b", List.of(), true)))
                .setActions(List.of(1, 0))
                .setLogProbs(List.of(-0.25f, -1.5f))
                .setSegment("de")
                .setReplica("replica-1")
                .build();
    }

    static Reward reward() {
        return Reward.newBuilder()
                .setRewardId("r-1")
                .setPolicy("home")
                .setTrajectoryId("t-1")
                .setValue(0.75)
                .setObservedAt(TIME)
                .build();
    }

    static DeadLetter deadLetter() {
        return DeadLetter.newBuilder()
                .setReason(DeadLetterReason.LATE)
                .setDetail("expected before noon, found after")
                .setOriginTopic("millrace.rewards.v1")
                .setOriginPartition(3)
                .setOriginOffset(77)
                .setOriginTimestamp(TIME)
                .setOriginalValue(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                .setOriginalSize(3)
                .setRecordedAt(TIME)
                .build();
    }
}
