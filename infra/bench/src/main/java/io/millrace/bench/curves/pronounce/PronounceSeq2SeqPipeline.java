package io.millrace.bench.curves.pronounce;

import io.millrace.bench.curves.Findings;
import io.millrace.bench.curves.RunLength;
import io.millrace.bench.curves.Suite;
import io.millrace.bench.picture.LineChart;
import io.millrace.bench.picture.Series;
import io.millrace.bench.report.Measure;
import io.millrace.bench.report.Requirement;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.simulator.pronounce.PronounceWorld;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@link PronounceSeq2Seq} through the whole pipeline, demonstrations and scores, beside the same in memory. The two draw
 * different outputs: they are two runs of one method.
 */
public final class PronounceSeq2SeqPipeline implements Suite {

    /** Three standard deviations of the word error that runs in memory have, whose seeds differ alone, after the demonstrations. */
    private static final double AS_IN_MEMORY = 0.013;

    @Override
    public String name() {
        return "pronounce-seq2seq-pipeline";
    }

    @Override
    public String description() {
        return "pronounce-seq2seq through the whole pipeline, and beside it in memory; about a quarter of an hour.";
    }

    @Override
    public Findings run(RunLength length, Consumer<String> progress) throws InterruptedException {
        var world = PronounceWorld.load(PronounceSeq2Seq.SEED);
        PolicyDefinition definition = SpellingPolicy.definition(world, PronounceSeq2Seq.SEED);
        progress.accept("through the pipeline");
        LearningCurve served;
        try (var pupil = new ServedSpeller(SpellingPolicy.served(definition), world)) {
            served = learn(pupil, pupil.definition(), world, length, progress);
        }
        progress.accept("in memory");
        LearningCurve inMemory = learn(new Speller(definition, world), definition, world, length, progress);
        return new Findings(measures(served, inMemory), List.of(chart(served, inMemory)));
    }

    private static LearningCurve learn(
            Pupil pupil, PolicyDefinition definition, PronounceWorld world, RunLength length, Consumer<String> progress)
            throws InterruptedException {
        PronounceSeq2Seq.CURRICULUM.demonstrate(
                pupil, definition, world.demonstrations(length.of(PronounceSeq2Seq.DEMONSTRATIONS)));
        return PronounceSeq2Seq.CURRICULUM.listen(
                pupil, definition, length.of(PronounceSeq2Seq.TRAJECTORIES), progress);
    }

    private static List<Measure> measures(LearningCurve served, LearningCurve inMemory) {
        return List.of(
                Measure.told(
                                "wordErrorAfterDemonstrations",
                                "word error rate",
                                served.first().error())
                        .beside(inMemory.first().error(), "the same in memory")
                        .required(new Requirement.Near(inMemory.first().error(), AS_IN_MEMORY)),
                Measure.told(
                                "wordErrorAfterDemonstrationsInMemory",
                                "word error rate",
                                inMemory.first().error())
                        .required(PronounceSeq2Seq.WARM_START_TAKES),
                Measure.told(
                                "wordErrorAfterFeedback",
                                "word error rate",
                                served.last().error())
                        .beside(inMemory.last().error(), "the same in memory")
                        .required(new Requirement.Near(inMemory.last().error(), AS_IN_MEMORY)),
                Measure.told("fall", "of the word error after the demonstrations", served.fall())
                        .beside(inMemory.fall(), "the same in memory")
                        .required(new Requirement.AtLeast(0.2)),
                Measure.told("trajectories", "trajectories", (double)
                                served.last().trajectories())
                        .required(new Requirement.AtLeast(PronounceSeq2Seq.TRAJECTORIES)),
                Measure.told("trajectoriesPerSecond", "trajectories/s", served.trajectoriesPerSecond()));
    }

    private LineChart chart(LearningCurve served, LearningCurve inMemory) {
        return new LineChart(
                name(),
                "Scores after 20,000 demonstrations: word error on 5,000 held-out words",
                "trajectories",
                "word error rate",
                List.of(
                        new Series("through the pipeline", served.trajectories(), served.errors()),
                        new Series("in memory", inMemory.trajectories(), inMemory.errors())),
                List.of(new LineChart.Level("a fifth off", 0.8 * served.first().error())));
    }
}
