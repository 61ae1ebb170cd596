package io.millrace.bench.curves.staleness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.bench.curves.staleness.StalePipeline.Served;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StalePipelineIT {

    private static final Served FRESH = new Served(Objective.DECOUPLED, 0);
    private static final Served STALE = new Served(Objective.NAIVE, 3);

    @Test
    void judgesBatchesAsManyVersionsLateAsItIsAskedTo() throws InterruptedException {
        Map<Served, List<ServedRun>> runs = new StalePipeline(List.of(FRESH, STALE), new long[] {1, 2}).learn(12);

        assertThat(runs).containsOnlyKeys(FRESH, STALE);
        assertThat(runs.get(FRESH)).hasSize(2).allSatisfy(run -> {
            assertThat(run.staleness()).isZero();
            assertThat(run.rewards()).hasSize(12);
        });
        // A checkpoint within a batch makes two versions of it.
        assertThat(runs.get(STALE))
                .hasSize(2)
                .allSatisfy(run -> assertThat(run.staleness()).isEqualTo(3, within(1.0)));
    }
}
