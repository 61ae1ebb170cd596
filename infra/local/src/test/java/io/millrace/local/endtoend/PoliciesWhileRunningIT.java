package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.audit.Ledger;
import io.millrace.sdk.PolicyStatus;
import io.millrace.simulator.Simulation;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PoliciesWhileRunningIT {

    private static final String FIRST = "first";
    private static final String SECOND = "second";
    private static final String THIRD = "third";
    private static final int PEOPLE = 40;

    @Test
    void policiesComeChangePauseAndResumeWhileTheJobLearns(@TempDir Path directory) throws Exception {
        try (SmallSystem system = SmallSystem.start(directory, Bandit.named(FIRST));
                Simulation crowd = Users.crowd(system.millrace(), FIRST)) {
            long epoch = system.published().head(FIRST).epoch();
            system.awaitLearned(FIRST, 100);

            learnsAPolicyAppliedLater(system, SECOND);
            followsNewHyperParameters(system);
            long[] people = holdsBackWhilePaused(system);
            system.policies().resume(FIRST);

            assertThat(crowd.stop(SmallSystem.PATIENCE)).as("all was said").isTrue();
            long[] expected = LongStream.concat(LongStream.of(crowd.expected()), LongStream.of(people))
                    .toArray();
            await("all learned, once")
                    .atMost(SmallSystem.PATIENCE)
                    .untilAsserted(() -> assertThat(system.published().audit(FIRST, expected))
                            .isEqualTo(new Ledger(expected.length, expected.length, 0, 0, 0, 0)));
            assertThat(system.published().head(FIRST).epoch())
                    .as("epoch: the job never restarted")
                    .isEqualTo(epoch);
            system.awaitAgreement(FIRST);
            system.awaitAgreement(SECOND);
        }
    }

    private static void learnsAPolicyAppliedLater(SmallSystem system, String policy) {
        system.policies().apply(Bandit.named(policy));
        await(policy + " served")
                .atMost(SmallSystem.PATIENCE)
                .until(() -> system.millrace().policies().stream()
                        .anyMatch(status -> status.name().equals(policy) && status.ready()));
        long[] people = Users.few(system.millrace(), policy, PEOPLE);
        system.awaitLearned(policy, PEOPLE);
        assertThat(system.published().audit(policy, people)).isEqualTo(new Ledger(PEOPLE, PEOPLE, 0, 0, 0, 0));
    }

    private static void followsNewHyperParameters(SmallSystem system) {
        long revision = system.policies().apply(Bandit.learningAt(FIRST, 0.25)).revision();
        await("revision followed")
                .atMost(SmallSystem.PATIENCE)
                .untilAsserted(() -> assertThat(system.published().of(FIRST))
                        .last()
                        .satisfies(
                                update -> assertThat(update.getSpecRevision()).isEqualTo(revision)));
        system.awaitLearned(FIRST, system.published().learned(FIRST) + 50);
    }

    /**
     * The third policy's specification comes after the pause on the same partition, so that once it learns, the pause is
     * known everywhere; what people say from then on must wait. Answers with the ledger of those people.
     */
    private static long[] holdsBackWhilePaused(SmallSystem system) {
        system.policies().pause(FIRST);
        learnsAPolicyAppliedLater(system, THIRD);
        long[] waiting = Users.few(system.millrace(), FIRST, PEOPLE);

        long[] others = Users.few(system.millrace(), THIRD, PEOPLE);
        system.awaitLearned(THIRD, 2L * PEOPLE);

        assertThat(system.published().learnedHashes(THIRD)).contains(others);
        assertThat(system.published().learnedHashes(FIRST)).doesNotContain(waiting);
        assertThat(system.millrace().policies().stream()
                        .filter(status -> status.name().equals(FIRST))
                        .findFirst())
                .get()
                .matches(PolicyStatus::paused);
        return waiting;
    }
}
