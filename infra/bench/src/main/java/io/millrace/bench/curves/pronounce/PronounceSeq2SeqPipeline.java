package io.millrace.bench.curves.pronounce;

import io.millrace.bench.curves.Findings;
import io.millrace.bench.curves.RunLength;
import io.millrace.bench.curves.Suite;
import io.millrace.bench.curves.pronounce.Curriculum.Stage;
import io.millrace.bench.picture.LineChart;
import io.millrace.bench.picture.Series;
import io.millrace.bench.report.Measure;
import io.millrace.bench.report.Requirement;
import io.millrace.bench.report.Sample;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.simulator.pronounce.PronounceWorld;
import io.millrace.simulator.pronounce.PronounceWorld.Pronounced;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The beginning of {@link PronounceSeq2Seq} through the whole pipeline, demonstrations and scores; and whether it learns what
 * is learned in memory from as many.
 */
public final class PronounceSeq2SeqPipeline implements Suite {

    private static final int TRAJECTORIES = 60_000;
    private static final int RUNS_IN_MEMORY = 3;
    private static final Curriculum CURRICULUM = new Curriculum(
            PronounceSeq2Seq.WARM_START, List.of(new Stage(4, 0.0015, 0.003)), PronounceSeq2Seq.CURRICULUM.imitated());

    @Override
    public String name() {
        return "pronounce-seq2seq-pipeline";
    }

    @Override
    public String description() {
        return "Its first 60,000 scores through the whole pipeline, after the demonstrations; about 4 minutes.";
    }

    @Override
    public Findings run(RunLength length, Consumer<String> progress) throws InterruptedException {
        var world = PronounceWorld.load(PronounceSeq2Seq.SEED);
        PolicyDefinition definition = SpellingPolicy.definition(world, PronounceSeq2Seq.SEED);
        LearningCurve served;
        try (var pupil = new ServedSpeller(SpellingPolicy.served(definition), world)) {
            served = learn(pupil, pupil.definition(), world, length, progress);
        }
        List<LearningCurve> inMemory = new ArrayList<>();
        for (int run = 0; run < RUNS_IN_MEMORY; run++) {
            PolicyDefinition other = SpellingPolicy.definition(world, PronounceSeq2Seq.SEED + run);
            inMemory.add(learn(new Speller(other, world), other, world, length, progress));
        }
        return new Findings(measures(served, inMemory), List.of(chart(served, inMemory.get(0))));
    }

    private static LearningCurve learn(
            Pupil pupil, PolicyDefinition definition, PronounceWorld world, RunLength length, Consumer<String> progress)
            throws InterruptedException {
        List<Pronounced> demonstrations = world.demonstrations(length.of(PronounceSeq2Seq.DEMONSTRATIONS));
        CURRICULUM.demonstrate(pupil, definition, demonstrations);
        return CURRICULUM.listen(pupil, definition, length.of(TRAJECTORIES), progress);
    }

    private static List<Measure> measures(LearningCurve served, List<LearningCurve> inMemory) {
        var before = new Sample(
                inMemory.stream().mapToDouble(curve -> curve.first().error()).toArray());
        var after = new Sample(
                inMemory.stream().mapToDouble(curve -> curve.last().error()).toArray());
        return List.of(
                Measure.told(
                                "wordErrorAfterDemonstrations",
                                "word error rate",
                                served.first().error())
                        .beside(before.mean(), "memory, mean of three runs"),
                Measure.told(
                                "wordErrorAfterFeedback",
                                "word error rate",
                                served.last().error())
                        .beside(after.mean(), "memory, mean of three runs"),
                Measure.told(
                                "deviationAfterDemonstrations",
                                "standard deviations of a run in memory",
                                deviations(before, served.first().error()))
                        .required(new Requirement.AtMost(3.0)),
                Measure.told(
                                "deviationAfterFeedback",
                                "standard deviations of a run in memory",
                                deviations(after, served.last().error()))
                        .required(new Requirement.AtMost(3.0)),
                Measure.told(
                        "trajectories", "trajectories", (double) served.last().trajectories()),
                Measure.told("trajectoriesPerSecond", "trajectories/s", served.trajectoriesPerSecond()));
    }

    /** How far from the mean of others a run is, in their standard deviations; not negative. */
    private static double deviations(Sample others, double run) {
        return Math.abs(run - others.mean()) / others.standardDeviation();
    }

    private LineChart chart(LearningCurve served, LearningCurve inMemory) {
        return new LineChart(
                name(),
                "The first scores after 20,000 demonstrations: word error on 5,000 held-out words",
                "trajectories",
                "word error rate",
                List.of(
                        new Series("through the pipeline", served.trajectories(), served.errors()),
                        new Series("in memory", inMemory.trajectories(), inMemory.errors())),
                List.of());
    }
}
