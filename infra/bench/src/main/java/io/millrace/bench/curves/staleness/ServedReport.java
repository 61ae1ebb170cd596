package io.millrace.bench.curves.staleness;

import io.millrace.bench.curves.staleness.StalePipeline.Served;
import io.millrace.bench.picture.LineChart;
import io.millrace.bench.picture.Series;
import io.millrace.bench.report.Measure;
import io.millrace.bench.report.Requirement;
import io.millrace.bench.report.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the runs through the pipeline say. */
final class ServedReport {

    static final Served FRESH = new Served(Objective.DECOUPLED, 0);
    static final Served DECOUPLED = new Served(Objective.DECOUPLED, 4);
    static final Served NAIVE = new Served(Objective.NAIVE, 4);
    static final List<Served> ALL = List.of(FRESH, DECOUPLED, NAIVE);

    private final Map<Served, List<ServedRun>> runs;
    private final int fullRuns;

    /** @param runs of {@link #ALL} */
    ServedReport(Map<Served, List<ServedRun>> runs, int fullRuns) {
        this.runs = runs;
        this.fullRuns = fullRuns;
    }

    List<Measure> measures() {
        return List.of(
                Measure.told("pipelineRuns", "runs", of(FRESH).size())
                        .beside(fullRuns, "full length")
                        .required(new Requirement.AtLeast(fullRuns)),
                staleness("pipelineDecoupledAt4Staleness", DECOUPLED),
                staleness("pipelineNaiveAt4Staleness", NAIVE),
                above("pipelineDecoupledAt4Difference", DECOUPLED)
                        .required(new Requirement.Near(0, StalenessReport.NOISE)),
                above("pipelineNaiveAt4Difference", NAIVE).required(new Requirement.AtMost(-StalenessReport.NOISE)),
                reward("pipelineAt0Reward", FRESH),
                reward("pipelineDecoupledAt4Reward", DECOUPLED),
                reward("pipelineNaiveAt4Reward", NAIVE));
    }

    /** A checkpoint within a batch makes two steps of it, so a little more than what was asked for. */
    private Measure staleness(String name, Served variant) {
        return Measure.over(
                        name,
                        "versions that a batch is behind, mean of a run",
                        new Sample(of(variant).stream()
                                .mapToDouble(ServedRun::staleness)
                                .toArray()))
                .beside(variant.lag(), "the lag asked for")
                .required(new Requirement.Near(variant.lag(), 0.1));
    }

    private Measure above(String name, Served variant) {
        return Measure.told(
                        name,
                        "mean reward of a run, in standard errors above that at lag 0",
                        means(variant).standardErrorsAbove(means(FRESH)))
                .beside(0, "no difference");
    }

    private Measure reward(String name, Served variant) {
        return Measure.over(name, "mean reward of a run", means(variant))
                .beside(means(FRESH).mean(), "lag 0 through the pipeline");
    }

    private Sample means(Served variant) {
        return new Sample(of(variant).stream()
                .mapToDouble(run -> Arrays.stream(run.rewards()).average().orElseThrow())
                .toArray());
    }

    private List<ServedRun> of(Served variant) {
        return runs.getOrDefault(variant, List.of());
    }

    /** Of blocks of versions. */
    LineChart chart(String name, int block) {
        List<Series> series = new ArrayList<>();
        for (Served variant : ALL) {
            series.add(series(variant, block));
        }
        return new LineChart(
                name,
                "PPO from stale trajectories through the pipeline: mean of "
                        + of(FRESH).size() + " runs ± standard error",
                "trajectories",
                "reward",
                series,
                List.of());
    }

    private Series series(Served variant, int block) {
        int blocks = of(variant).get(0).rewards().length / block;
        Sample[] samples = IntStream.range(0, blocks)
                .mapToObj(i -> new Sample(of(variant).stream()
                        .mapToDouble(run -> Arrays.stream(run.rewards(), i * block, (i + 1) * block)
                                .average()
                                .orElseThrow())
                        .toArray()))
                .toArray(Sample[]::new);
        return new Series(
                variant.objective().title() + ", lag " + variant.lag(),
                IntStream.range(0, blocks)
                        .mapToDouble(i -> (i + 0.5) * block * Objective.BATCH)
                        .toArray(),
                IntStream.range(0, blocks).mapToDouble(i -> samples[i].mean()).toArray(),
                IntStream.range(0, blocks)
                        .mapToDouble(i -> samples[i].standardError())
                        .toArray());
    }
}
