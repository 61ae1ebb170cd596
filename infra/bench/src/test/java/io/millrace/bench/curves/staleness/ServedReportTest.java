package io.millrace.bench.curves.staleness;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.report.Measure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServedReportTest {

    private static final List<ServedRun> FRESH = runs(0, 0.5, 0.7);

    @Test
    void clearsItsBarsWhenOnlyTheNaiveLearnerSuffers() {
        assertThat(bars(runs(4, 0.5, 0.69), runs(4.02, 0.3, 0.51)).values()).containsOnly(true);
    }

    @Test
    void fallsShortWhenTheDecoupledLearnerSuffersOrTheNaiveOneDoesNot() {
        assertThat(bars(runs(4, 0.3, 0.51), runs(4, 0.5, 0.69)))
                .containsEntry("pipelineDecoupledAt4Difference", false)
                .containsEntry("pipelineNaiveAt4Difference", false);
    }

    @Test
    void fallsShortWhenTheLagWasNotWhatWasAskedFor() {
        assertThat(bars(runs(3, 0.5, 0.69), runs(4, 0.3, 0.51)))
                .containsEntry("pipelineDecoupledAt4Staleness", false)
                .containsEntry("pipelineNaiveAt4Staleness", true);
    }

    @Test
    void drawsACurveOfEachVariant() {
        String svg = report(FRESH, FRESH).chart("staleness-pipeline", 1).toSvg();

        assertThat(svg).contains("decoupled, lag 0", "decoupled, lag 4", "naive, lag 4");
    }

    private static Map<String, Boolean> bars(List<ServedRun> decoupled, List<ServedRun> naive) {
        Map<String, Boolean> bars = new LinkedHashMap<>();
        for (Measure measure : report(decoupled, naive).measures()) {
            bars.put(measure.name(), measure.ok());
        }
        return bars;
    }

    private static ServedReport report(List<ServedRun> decoupled, List<ServedRun> naive) {
        return new ServedReport(
                Map.of(ServedReport.FRESH, FRESH, ServedReport.DECOUPLED, decoupled, ServedReport.NAIVE, naive), 2);
    }

    private static List<ServedRun> runs(double staleness, double first, double second) {
        return List.of(
                new ServedRun(new double[] {first, first}, staleness),
                new ServedRun(new double[] {second, second}, staleness));
    }
}
