package io.millrace.bench.curves.pronounce;

import io.millrace.bench.curves.Findings;
import io.millrace.bench.curves.RunLength;
import io.millrace.bench.curves.Suite;
import io.millrace.bench.curves.pronounce.Curriculum.Passes;
import io.millrace.bench.curves.pronounce.Curriculum.Stage;
import io.millrace.bench.picture.LineChart;
import io.millrace.bench.picture.Series;
import io.millrace.bench.report.Measure;
import io.millrace.bench.report.Requirement;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.simulator.pronounce.PronounceWorld;
import java.util.List;
import java.util.function.Consumer;

/**
 * What scores alone teach a seq2seq after a warm start from demonstrations. In memory, one thread.
 *
 * <p>The demonstrations are of 20,000 words, each shown twice: a policy that knows roughly how to spell but still draws
 * different outputs. Listeners ask for any of the dictionary's words. The settings were chosen on other words held out and
 * another θ₀ (seed 11).
 */
public final class PronounceSeq2Seq implements Suite {

    static final long SEED = 7;
    static final int DEMONSTRATIONS = 20_000;
    static final List<Passes> WARM_START = List.of(new Passes(1, 0.002), new Passes(1, 0.0005));

    /** Small steps at the end: what scores teach is noisy. */
    static final Curriculum CURRICULUM = new Curriculum(
            WARM_START,
            List.of(
                    new Stage(5, 0.0015, 0.003),
                    new Stage(2, 0.0008, 0.003),
                    new Stage(1, 0.0004, 0.002),
                    new Stage(1, 0.0002, 0.001),
                    new Stage(1, 0.00006, 0)),
            256);

    static final int TRAJECTORIES = 600_000;

    /** A fifth of what a bad warm start leaves is easily taken off. */
    static final Requirement WARM_START_TAKES = new Requirement.AtMost(0.68);

    @Override
    public String name() {
        return "pronounce-seq2seq";
    }

    @Override
    public String description() {
        return "A seq2seq warm-started from 20,000 demonstrations learns on from 600,000 scores; in memory, about 3"
                + " minutes.";
    }

    @Override
    public Findings run(RunLength length, Consumer<String> progress) throws InterruptedException {
        var world = PronounceWorld.load(SEED);
        PolicyDefinition definition = SpellingPolicy.definition(world, SEED);
        var pupil = new Speller(definition, world);
        CURRICULUM.demonstrate(pupil, definition, world.demonstrations(length.of(DEMONSTRATIONS)));
        double phonemesBefore = pupil.phonemeError();
        LearningCurve curve = CURRICULUM.listen(pupil, definition, length.of(TRAJECTORIES), progress);
        return new Findings(measures(curve, phonemesBefore, pupil.phonemeError()), List.of(chart(curve)));
    }

    private static List<Measure> measures(LearningCurve curve, double phonemesBefore, double phonemesAfter) {
        return List.of(
                Measure.told(
                                "wordErrorAfterDemonstrations",
                                "word error rate",
                                curve.first().error())
                        .required(WARM_START_TAKES),
                Measure.told(
                        "wordErrorAfterFeedback",
                        "word error rate",
                        curve.last().error()),
                Measure.told("fall", "of the word error after the demonstrations", curve.fall())
                        .required(new Requirement.AtLeast(0.2)),
                Measure.told("phonemeErrorAfterDemonstrations", "phoneme error rate", phonemesBefore),
                Measure.told("phonemeErrorAfterFeedback", "phoneme error rate", phonemesAfter),
                Measure.told("trajectories", "trajectories", (double)
                                curve.last().trajectories())
                        .required(new Requirement.AtLeast(TRAJECTORIES)),
                Measure.told("trajectoriesPerSecond", "trajectories/s", curve.trajectoriesPerSecond()));
    }

    private LineChart chart(LearningCurve curve) {
        return new LineChart(
                name(),
                "Going on from 20,000 demonstrations by scores alone: word error on 5,000 held-out words",
                "trajectories",
                "word error rate",
                List.of(new Series("seq2seq, in memory", curve.trajectories(), curve.errors())),
                List.of(new LineChart.Level("a fifth off", 0.8 * curve.first().error())));
    }
}
