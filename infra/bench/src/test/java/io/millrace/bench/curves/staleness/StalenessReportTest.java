package io.millrace.bench.curves.staleness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.bench.report.Measure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StalenessReportTest {

    private static final float[] THETA = {1, -0f};

    /** Means 0.5 and 0.7. */
    private final Runs fresh = runs(THETA, 0.5, 0.7);

    @Test
    void differencesAreToldInStandardErrorsBetweenRunsOfASeed() {
        // Differences −0.1 and −0.3: their mean is −0.2, its standard error 0.1.
        assertThat(runs(THETA, 0.4, 0.4).standardErrorsAbove(fresh)).isEqualTo(-2, within(1e-9));
        assertThat(fresh.standardErrorsAbove(fresh)).isZero();
    }

    @Test
    void countsParametersThatDifferInAnyBit() {
        assertThat(fresh.differences(runs(THETA, 0, 0))).isZero();
        assertThat(fresh.differences(runs(new float[] {1, 0}, 0, 0)))
                .as("0 is not −0, in both runs")
                .isEqualTo(2);
    }

    @Test
    void clearsItsBarsWhenOnlyTheNaiveLearnerSuffers() {
        assertThat(bars(runs(THETA, 0.5, 0.69), runs(THETA, 0.3, 0.51)))
                .containsEntry("decoupledAt4Difference", true)
                .containsEntry("naiveAt4Difference", true)
                .containsEntry("naiveAt0Differences", true);
    }

    @Test
    void fallsShortWhenTheDecoupledLearnerSuffersOrTheNaiveOneDoesNot() {
        assertThat(bars(runs(THETA, 0.3, 0.51), runs(THETA, 0.5, 0.69)))
                .containsEntry("decoupledAt4Difference", false)
                .containsEntry("naiveAt4Difference", false);
    }

    private Map<String, Boolean> bars(Runs decoupledAt4, Runs naiveAt4) {
        Map<Variant, Runs> stale = new LinkedHashMap<>();
        Variant.ALL.forEach(variant -> stale.put(variant, fresh));
        stale.put(new Variant(Objective.DECOUPLED, Variant.FOUR), decoupledAt4);
        stale.put(new Variant(Objective.NAIVE, Variant.FOUR), naiveAt4);
        Map<String, Boolean> bars = new LinkedHashMap<>();
        for (Measure measure : new StalenessReport(fresh, stale).measures()) {
            bars.put(measure.name(), measure.ok());
        }
        return bars;
    }

    private static Runs runs(float[] theta, double first, double second) {
        return new Runs(List.of(
                new LearnedRun(new double[] {first}, theta), new LearnedRun(new double[] {second}, theta.clone())));
    }
}
