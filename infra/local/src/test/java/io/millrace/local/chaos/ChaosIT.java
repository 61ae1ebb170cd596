package io.millrace.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.options.LearnerOptions.Delivery;
import io.millrace.local.processes.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One kill of each part, and what is promised all the same. */
@Tag("cluster")
final class ChaosIT {

    private static final Duration LENGTH = Duration.ofSeconds(30);
    private static final double PER_SECOND = 100;

    @ParameterizedTest
    @EnumSource(Delivery.class)
    void everyAcknowledgedTrajectoryCountsOnceWhateverDies(Delivery delivery) throws InterruptedException {
        var options =
                new ChaosOptions(LENGTH, PER_SECOND, 0, List.of(Victim.values()), 4, 7, delivery, Optional.empty());

        ChaosReport report = new Chaos(options, Installation.here(), System.out::println).run();

        assertThat(report.shortfalls()).isEmpty();
        assertThat(report.acknowledged()).isGreaterThan(500);
        assertThat(report.lost()).isZero();
        assertThat(report.duplicated()).isZero();
        assertThat(report.kills().keySet()).containsExactlyInAnyOrder("taskmanager", "jobmanager", "broker", "replica");
        assertThat(report.recoverySeconds()).containsOnlyKeys(report.kills().keySet());
        assertThat(report.deadLetters()).containsKeys("UNDECODABLE", "LATE");
        assertThat(report.traffic())
                .extracting(Traffic::repeatedFeedback, Traffic::duplicatedRecords, Traffic::swappedTrajectories)
                .doesNotContain(0L);
        assertThat(Map.of("ok", report.ok(), "converged", report.replicasConverged()))
                .doesNotContainValue(false);
    }
}
