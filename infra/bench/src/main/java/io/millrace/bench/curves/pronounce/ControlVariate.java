package io.millrace.bench.curves.pronounce;

import io.millrace.bench.curves.Findings;
import io.millrace.bench.curves.RunLength;
import io.millrace.bench.curves.Suite;
import io.millrace.bench.learner.Definitions;
import io.millrace.bench.picture.LineChart;
import io.millrace.bench.picture.Series;
import io.millrace.bench.report.Measure;
import io.millrace.bench.report.Requirement;
import io.millrace.bench.report.Sample;
import io.millrace.local.system.BundledPolicies;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.simulator.Worlds;
import io.millrace.simulator.pronounce.PronounceWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * Bandit structured prediction: what the running-average baseline is worth as a control variate (Kreutzer, Sokolov and
 * Riezler 2017), on {@code pronounce} through the whole pipeline. All else is the same in both, the learning rate
 * that was chosen with the baseline included.
 */
public final class ControlVariate implements Suite {

    private static final int TRAJECTORIES = 400_000;
    private static final int LOOKS = 40;
    private static final long[] SEEDS = {7, 8, 9};

    @Override
    public String name() {
        return "control-variate";
    }

    @Override
    public String description() {
        return "Running-average baseline against none on pronounce; 6 × 400,000 trajectories through the pipeline, about"
                + " 12 minutes.";
    }

    @Override
    public Findings run(RunLength length, Consumer<String> progress) throws InterruptedException {
        int trajectories = length.of(TRAJECTORIES);
        List<LearningCurve> with = new ArrayList<>();
        List<LearningCurve> without = new ArrayList<>();
        for (long seed : SEEDS) {
            with.add(learn("mean", seed, trajectories, progress));
            without.add(learn("none", seed, trajectories, progress));
        }
        return new Findings(measures(with, without), List.of(chart(with, without)));
    }

    private static LearningCurve learn(String baseline, long seed, int trajectories, Consumer<String> progress)
            throws InterruptedException {
        PolicyDefinition policy =
                Definitions.with(BundledPolicies.forWorld(PronounceWorld.NAME, seed), "estimator.baseline", baseline);
        return new PronounceRun(
                        policy,
                        Worlds.named(PronounceWorld.NAME, seed),
                        line -> progress.accept("baseline " + baseline + ", " + line))
                .learn(trajectories, LOOKS);
    }

    private static List<Measure> measures(List<LearningCurve> with, List<LearningCurve> without) {
        return List.of(
                Measure.told("trajectories", "trajectories a run", (double)
                                with.get(0).last().trajectories())
                        .beside(TRAJECTORIES, "full length")
                        .required(new Requirement.AtLeast(TRAJECTORIES)),
                Measure.over("errorWithBaseline", "phoneme error rate", lastErrors(with)),
                Measure.over("errorWithoutBaseline", "phoneme error rate", lastErrors(without)),
                Measure.over(
                                "trajectoriesRatio",
                                "times the trajectories to the same error without the baseline",
                                paired(with, without, ControlVariate::ratio))
                        .beside(1, "no effect")
                        .required(new Requirement.AtLeast(2)));
    }

    /** Trajectories to the higher of the two lowest errors, so that both have reached it: without, divided by with. */
    static double ratio(LearningCurve with, LearningCurve without) {
        double error = Math.max(with.lowestError(), without.lowestError());
        return without.trajectoriesUntil(error) / with.trajectoriesUntil(error);
    }

    private static Sample lastErrors(List<LearningCurve> curves) {
        return new Sample(
                curves.stream().mapToDouble(curve -> curve.last().error()).toArray());
    }

    private static Sample paired(
            List<LearningCurve> with,
            List<LearningCurve> without,
            ToDoubleBiFunction<LearningCurve, LearningCurve> value) {
        return new Sample(IntStream.range(0, with.size())
                .mapToDouble(i -> value.applyAsDouble(with.get(i), without.get(i)))
                .toArray());
    }

    private LineChart chart(List<LearningCurve> with, List<LearningCurve> without) {
        return new LineChart(
                name(),
                "Phoneme error with and without a baseline, mean and spread of " + SEEDS.length + " seeds",
                "trajectories",
                "phoneme error rate",
                List.of(mean("running-average baseline", with), mean("no baseline", without)),
                List.of());
    }

    /** Looks are at nearly the same numbers of trajectories in every run: the first run's stand for all. */
    private static Series mean(String name, List<LearningCurve> curves) {
        List<Sample> looks = IntStream.rangeClosed(0, LOOKS)
                .mapToObj(look -> new Sample(curves.stream()
                        .mapToDouble(curve -> curve.points().get(look).error())
                        .toArray()))
                .toList();
        return new Series(
                name,
                curves.get(0).trajectories(),
                looks.stream().mapToDouble(Sample::mean).toArray(),
                looks.stream().mapToDouble(Sample::standardDeviation).toArray());
    }
}
