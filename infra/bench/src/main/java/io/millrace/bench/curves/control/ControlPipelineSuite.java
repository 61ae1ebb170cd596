package io.millrace.bench.curves.control;

import io.millrace.bench.curves.Findings;
import io.millrace.bench.curves.RunLength;
import io.millrace.bench.curves.Suite;
import io.millrace.bench.learner.Definitions;
import io.millrace.bench.picture.Series;
import io.millrace.bench.report.Measure;
import io.millrace.bench.report.Requirement;
import io.millrace.bench.report.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * The same methods and settings as in {@link ControlSuite}, through the whole pipeline: each step asked of a serving replica and
 * rewarded, each round learned from by the job; beside them the same seeds in memory.
 */
final class ControlPipelineSuite implements Suite {

    private static final int RUNS = 10;
    private static final int LEAST_FRAMES = 10_000;

    private final ControlTask task;

    ControlPipelineSuite(ControlTask task) {
        this.task = task;
    }

    @Override
    public String name() {
        return task.name() + "-pipeline";
    }

    @Override
    public String description() {
        return "%s through the whole pipeline; %d seeds of %,d steps each, about 20 minutes."
                .formatted(task.name(), RUNS, task.frames());
    }

    @Override
    public Findings run(RunLength length, Consumer<String> progress) throws InterruptedException {
        long[] seeds = length.seeds(RUNS);
        int frames = Math.max(LEAST_FRAMES, length.of(task.frames()));
        List<Measure> measures = new ArrayList<>();
        List<Series> series = new ArrayList<>();
        measures.add(Measure.told("pipelineRuns", "runs", seeds.length).required(new Requirement.AtLeast(RUNS)));
        Map<ControlMethod, List<ServedControlRun>> served = new ControlPipeline(task, seeds).learn(frames);
        served.forEach((method, runs) -> {
            List<ReturnCurve> curves =
                    runs.stream().map(ServedControlRun::curve).toList();
            List<ReturnCurve> memory = inMemory(method, frames, seeds);
            measures.addAll(measures(method, runs, Curves.sample(memory, ReturnCurve::last)));
            series.add(Curves.series(method.title(), curves, frames));
            series.add(Curves.series(method.title() + " in memory", memory, frames));
            progress.accept("%s, %s: return of the last episodes %.1f"
                    .formatted(
                            name(),
                            method.title(),
                            Curves.sample(curves, ReturnCurve::last).mean()));
        });
        return new Findings(
                measures,
                List.of(Curves.chart(
                        name(),
                        task.title() + " through the pipeline: return of the last 100 episodes, " + seeds.length
                                + " seeds",
                        series,
                        task.bar())));
    }

    private List<ReturnCurve> inMemory(ControlMethod method, int frames, long[] seeds) {
        return Arrays.stream(seeds)
                .mapToObj(seed -> new ReturnCurve(new ControlRun(
                                Definitions.with(method.definition(), "seed", seed),
                                task.environments(),
                                method.rollouts(),
                                seed)
                        .learn(frames)))
                .toList();
    }

    private List<Measure> measures(ControlMethod method, List<ServedControlRun> runs, Sample memory) {
        String name = "pipeline" + method.name().substring(0, 1).toUpperCase(Locale.ROOT)
                + method.name().substring(1);
        Sample last = sample(runs, run -> run.curve().last());
        return List.of(
                Measure.over(name + "LastReturn", "mean return of the last 100 episodes", last)
                        .beside(method.published(), method.source())
                        .required(new Requirement.AtLeast(task.bar())),
                Measure.over(name + "MemoryLastReturn", "the same seeds in memory", memory),
                Measure.told(name + "WorstLastReturn", "the same, of the worst seed", last.least())
                        .beside(memory.least(), "the same seeds in memory"),
                Measure.over(
                        name + "Staleness",
                        "versions that a trajectory is behind when it is learned from, mean of a run",
                        sample(runs, ServedControlRun::staleness)),
                Measure.told(
                        name + "GreatestStaleness",
                        "versions, of any trajectory",
                        sample(runs, run -> (double) run.greatestStaleness()).greatest()),
                Measure.over(
                        name + "Passes",
                        "optimizer steps as a share of the rounds' passes, of which a checkpoint ends those left",
                        sample(runs, ServedControlRun::passes)));
    }

    private static Sample sample(List<ServedControlRun> runs, ToDoubleFunction<ServedControlRun> value) {
        return new Sample(runs.stream().mapToDouble(value).toArray());
    }
}
