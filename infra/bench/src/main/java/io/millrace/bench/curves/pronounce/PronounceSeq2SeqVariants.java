package io.millrace.bench.curves.pronounce;

import io.millrace.bench.curves.Findings;
import io.millrace.bench.curves.RunLength;
import io.millrace.bench.curves.Suite;
import io.millrace.bench.curves.pronounce.Curriculum.Passes;
import io.millrace.bench.picture.LineChart;
import io.millrace.bench.picture.Series;
import io.millrace.bench.report.Measure;
import io.millrace.bench.report.Requirement;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.simulator.pronounce.PronounceWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@link PronounceSeq2Seq} with fewer scores, beside what it is made of: the policy gradient alone, without imitation of what
 * was praised; and a warm start that has learned from the demonstrations what there is to learn.
 */
public final class PronounceSeq2SeqVariants implements Suite {

    private static final int TRAJECTORIES = 200_000;
    private static final List<Passes> TWENTY_PASSES = List.of(new Passes(15, 0.001), new Passes(5, 0.0002));

    private record Variant(String name, String title, Curriculum curriculum) {}

    private static final List<Variant> VARIANTS = List.of(
            new Variant(
                    "PolicyGradientAlone",
                    "two passes, then scores without imitation",
                    PronounceSeq2Seq.CURRICULUM.withoutImitation()),
            new Variant(
                    "TwentyPasses",
                    "twenty passes, then scores",
                    PronounceSeq2Seq.CURRICULUM.warmStartedBy(TWENTY_PASSES)));

    @Override
    public String name() {
        return "pronounce-seq2seq-variants";
    }

    @Override
    public String description() {
        return "The same with 200,000 scores, without imitation, and after a longer warm start; in memory, about 4"
                + " minutes.";
    }

    @Override
    public Findings run(RunLength length, Consumer<String> progress) throws InterruptedException {
        var world = PronounceWorld.load(PronounceSeq2Seq.SEED);
        PolicyDefinition definition = SpellingPolicy.definition(world, PronounceSeq2Seq.SEED);
        List<Measure> measures = new ArrayList<>();
        List<Series> series = new ArrayList<>();
        for (Variant variant : VARIANTS) {
            progress.accept(variant.title);
            var pupil = new Speller(definition, world);
            variant.curriculum.demonstrate(
                    pupil, definition, world.demonstrations(length.of(PronounceSeq2Seq.DEMONSTRATIONS)));
            LearningCurve curve = variant.curriculum.listen(pupil, definition, length.of(TRAJECTORIES), progress);
            measures.addAll(measures(variant, curve));
            series.add(new Series(variant.title, curve.trajectories(), curve.errors()));
        }
        return new Findings(measures, List.of(chart(series)));
    }

    private static List<Measure> measures(Variant variant, LearningCurve curve) {
        return List.of(
                Measure.told(
                        "wordErrorAfterDemonstrations" + variant.name,
                        "word error rate",
                        curve.first().error()),
                Measure.told(
                        "wordErrorAfterFeedback" + variant.name,
                        "word error rate",
                        curve.last().error()),
                Measure.told("fall" + variant.name, "of the word error after the demonstrations", curve.fall()),
                Measure.told("trajectories" + variant.name, "trajectories", (double)
                                curve.last().trajectories())
                        .required(new Requirement.AtLeast(TRAJECTORIES)),
                Measure.told("trajectoriesPerSecond" + variant.name, "trajectories/s", curve.trajectoriesPerSecond()));
    }

    private LineChart chart(List<Series> series) {
        return new LineChart(
                name(),
                "200,000 scores after 20,000 demonstrations: word error on 5,000 held-out words",
                "trajectories",
                "word error rate",
                series,
                List.of());
    }
}
