package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.learner.options.LearnerOptions.Delivery;
import io.millrace.local.broker.DisturbedBroker;
import io.millrace.simulator.Simulation;
import java.nio.file.Path;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way to the broker fails while people are being served, and is mended. */
class BrokerFaultIT extends OnAnyBroker {

    static final String POLICY = "bandit";
    private static final int ENOUGH = 200;

    @ParameterizedTest
    @CsvSource({
        "PAUSE, AT_LEAST_ONCE",
        "DISCONNECT, AT_LEAST_ONCE",
        "LATENCY, AT_LEAST_ONCE",
        "PAUSE, EXACTLY_ONCE",
        "DISCONNECT, EXACTLY_ONCE"
    })
    void whatWasAcknowledgedIsLearnedOnceAndLearningGoesOn(Fault fault, Delivery delivery, @TempDir Path directory)
            throws Exception {
        DisturbedBroker broker = startDisturbedBroker(directory);
        try (SmallSystem system = SmallSystem.start(broker, delivery, directory, Bandit.adaptive(POLICY));
                Simulation users = Users.crowd(system.millrace(), POLICY)) {
            system.awaitLearned(POLICY, ENOUGH);
            long refusedBefore = users.statistics().failed();

            fault.begin(broker);
            try {
                await("felt")
                        .atMost(SmallSystem.PATIENCE)
                        .until(() -> fault.isFelt(
                                system.millrace(), users.statistics().failed() - refusedBefore));
            } finally {
                fault.end(broker);
            }
            // More than those who were served before, or while it lasted.
            system.awaitLearned(POLICY, users.expected().length + ENOUGH);

            assertThat(users.stop(SmallSystem.PATIENCE)).as("all was said").isTrue();
            long[] expected = users.expected();
            await("what was acknowledged is learned, once")
                    .atMost(SmallSystem.PATIENCE)
                    .untilAsserted(() -> assertThat(system.published().audit(POLICY, expected))
                            .satisfies(ledger -> assertThat(ledger.exactlyOnce())
                                    .as(ledger.toString())
                                    .isTrue()));
            assertThat(system.learner().status()).isEqualTo(JobStatus.RUNNING);
            system.awaitAgreement(POLICY);
        }
    }
}
