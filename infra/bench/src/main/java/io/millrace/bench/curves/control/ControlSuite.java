package io.millrace.bench.curves.control;

import io.millrace.bench.curves.Findings;
import io.millrace.bench.curves.RunLength;
import io.millrace.bench.curves.Suite;
import io.millrace.bench.learner.Definitions;
import io.millrace.bench.picture.Series;
import io.millrace.bench.report.Measure;
import io.millrace.bench.report.Requirement;
import io.millrace.bench.report.Sample;
import io.millrace.policy.spec.PolicyDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Methods that learn to control an environment, each at several seeds, in memory. What is asked for is the return while
 * learning, exploration included, at the end of the frames: not that of the best moment, nor of the greedy policy.
 */
final class ControlSuite implements Suite {

    private static final int RUNS = 10;
    /** In so many, an episode ends in each of sixteen environments that cut it off after 500. */
    private static final int LEAST_FRAMES = 10_000;

    private final ControlTask task;

    ControlSuite(ControlTask task) {
        this.task = task;
    }

    @Override
    public String name() {
        return task.name();
    }

    @Override
    public String description() {
        return "A2C and PPO by `mlp` on %s; %d seeds of %,d steps each in memory, about three minutes."
                .formatted(task.title(), RUNS, task.frames());
    }

    @Override
    public Findings run(RunLength length, Consumer<String> progress) {
        long[] seeds = length.seeds(RUNS);
        int frames = Math.max(LEAST_FRAMES, length.of(task.frames()));
        List<Measure> measures = new ArrayList<>();
        List<Series> series = new ArrayList<>();
        measures.add(Measure.told("runs", "runs", seeds.length).required(new Requirement.AtLeast(RUNS)));
        for (ControlMethod method : task.methods()) {
            List<ReturnCurve> curves = learn(method, frames, seeds);
            measures.addAll(measures(method, curves));
            series.add(Curves.series(method.title(), curves, frames));
            progress.accept("%s, %s: return of the last episodes %.1f"
                    .formatted(
                            name(),
                            method.title(),
                            Curves.sample(curves, ReturnCurve::last).mean()));
        }
        return new Findings(
                measures,
                List.of(Curves.chart(
                        name(),
                        task.title() + ": return of the last 100 episodes, mean and deviation of " + seeds.length
                                + " seeds",
                        series,
                        task.bar())));
    }

    private List<ReturnCurve> learn(ControlMethod method, int frames, long[] seeds) {
        List<ReturnCurve> curves = new ArrayList<>();
        for (long seed : seeds) {
            PolicyDefinition seeded = Definitions.with(method.definition(), "seed", seed);
            var run = new ControlRun(seeded, task.environments(), method.rollouts(), seed);
            curves.add(new ReturnCurve(run.learn(frames)));
        }
        return curves;
    }

    private List<Measure> measures(ControlMethod method, List<ReturnCurve> curves) {
        Sample last = Curves.sample(curves, ReturnCurve::last);
        long reached =
                curves.stream().filter(c -> c.framesTo(task.bar()).isPresent()).count();
        List<Measure> measures = new ArrayList<>(List.of(
                Measure.over(method.name() + "LastReturn", "mean return of the last 100 episodes", last)
                        .beside(method.published(), method.source())
                        .required(new Requirement.AtLeast(task.bar())),
                Measure.told(method.name() + "WorstLastReturn", "the same, of the worst seed", last.least()),
                Measure.told(method.name() + "SeedsThatReachedTheBar", "seeds, at any time", (double) reached)));
        if (reached > 0) {
            measures.add(Measure.over(
                    method.name() + "FramesToTheBar",
                    "steps until the mean of 100 episodes is there, of the seeds that reach it",
                    new Sample(curves.stream()
                            .flatMapToLong(c -> c.framesTo(task.bar()).stream())
                            .asDoubleStream()
                            .toArray())));
        }
        return measures;
    }
}
