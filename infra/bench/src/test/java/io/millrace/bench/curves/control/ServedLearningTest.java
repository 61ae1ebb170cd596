package io.millrace.bench.curves.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.policy.parameters.ParameterReplica.Outcome;
import io.millrace.schemas.LearningStats;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.UpdateKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ServedLearningTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ServedLearning learning = new ServedLearning(InstantSource.system());

    @Test
    void knowsHowStaleTrajectoriesWere() {
        hear(Outcome.APPLIED, 4, 4, 1, 0);
        hear(Outcome.APPLIED, 4, 8, 1, 3);

        assertThat(learning.meanStaleness()).isEqualTo(1.5);
        assertThat(learning.greatestStaleness()).isEqualTo(3);
        assertThat(learning.steps()).isEqualTo(2);
    }

    @Test
    void returnsWhenTheRoundAndItsPassesAreServed() throws InterruptedException {
        hear(Outcome.APPLIED, 4, 4, 1, 0);
        hear(Outcome.APPLIED, 0, 4, 2, 0);

        learning.await(4, 3, PATIENCE);

        assertThat(learning.steps()).isEqualTo(3);
    }

    @Test
    void doesNotWaitForPassesThatACheckpointHasEnded() throws InterruptedException {
        hear(Outcome.APPLIED, 4, 4, 1, 0);

        learning.await(4, 20, PATIENCE);

        assertThat(learning.steps()).isEqualTo(1);
    }

    @Test
    void givesUpWhenNothingIsLearned() {
        hear(Outcome.GAP, 4, 4, 1, 0);

        assertThatThrownBy(() -> learning.await(4, 1, Duration.ofMillis(20)))
                .hasMessageContaining("expected 4 trajectories, found 0");
    }

    private void hear(Outcome outcome, long trajectories, long total, int steps, long staleness) {
        LearningStats stats = LearningStats.newBuilder()
                .setTrajectories(trajectories)
                .setTrajectoriesTotal(total)
                .setSteps(steps)
                .setRewardMean(0)
                .setBaselineMean(0)
                .setAdvantageStd(0)
                .setGradientNorm(0)
                .setEntropy(0)
                .setApproximateKl(0)
                .setClippedFraction(0)
                .setEffectiveSampleSize(0)
                .setStalenessMean((double) staleness)
                .setStalenessMax(staleness)
                .build();
        ParameterUpdate update = ParameterUpdate.newBuilder()
                .setPolicy("p")
                .setEpoch(1)
                .setVersion(1)
                .setBaseVersion(0)
                .setKind(UpdateKind.DELTA)
                .setChunk(0)
                .setChunks(1)
                .setEncoding("none")
                .setPayload(ByteBuffer.allocate(0))
                .setChecksum(0)
                .setChain(0)
                .setParentEpoch(1)
                .setParentVersion(0)
                .setCreatedAt(Instant.EPOCH)
                .setStats(stats)
                .build();
        learning.listener().onUpdate("p", update, outcome, Instant.EPOCH);
    }
}
