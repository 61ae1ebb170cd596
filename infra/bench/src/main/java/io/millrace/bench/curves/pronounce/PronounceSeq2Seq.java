package io.millrace.bench.curves.pronounce;

import io.millrace.bench.curves.Findings;
import io.millrace.bench.curves.RunLength;
import io.millrace.bench.curves.Suite;
import io.millrace.bench.curves.pronounce.LearningCurve.Point;
import io.millrace.bench.learner.Definitions;
import io.millrace.bench.picture.LineChart;
import io.millrace.bench.picture.Series;
import io.millrace.bench.report.Measure;
import io.millrace.bench.report.Requirement;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.simulator.pronounce.PronounceWorld;
import io.millrace.simulator.pronounce.PronounceWorld.Pronounced;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What scores alone teach a seq2seq after a warm start from demonstrations. In memory, one thread.
 *
 * <p>The demonstrations are of 20,000 words, each shown twice: a policy that knows roughly how to spell but still draws
 * different outputs. Listeners ask for any of the dictionary's words. The settings were chosen on other words held out and
 * another θ₀ (seed 11).
 */
public final class PronounceSeq2Seq implements Suite {

    private static final long SEED = 7;
    private static final int DEMONSTRATIONS = 20_000;
    private static final int TRAJECTORIES = 1_000_000;

    /** Passes over the demonstrations, each number of them at a learning rate of its own. */
    private record Passes(int passes, double learningRate) {}

    private static final List<Passes> WARM_START = List.of(new Passes(1, 0.002), new Passes(1, 0.0002));

    /** Looks of feedback at a learning rate; what scores teach is noisy, so it ends with small steps. */
    private record Stage(int looks, double learningRate, double entropy) {}

    private static final List<Stage> FEEDBACK =
            List.of(new Stage(12, 0.0006, 0.01), new Stage(5, 0.00015, 0.003), new Stage(3, 0.00003, 0));

    private static final int LOOKS = FEEDBACK.stream().mapToInt(Stage::looks).sum();
    private static final int FEEDBACK_BATCH = 256;
    private static final int GROUP = 4;

    @Override
    public String name() {
        return "pronounce-seq2seq";
    }

    @Override
    public String description() {
        return "A seq2seq warm-started from 20,000 demonstrations learns on from 1,000,000 scores; in memory, about 6"
                + " minutes.";
    }

    @Override
    public Findings run(RunLength length, Consumer<String> progress) {
        var world = PronounceWorld.load(SEED);
        PolicyDefinition definition = SpellingPolicy.definition(world, SEED);
        var speller = new Speller(definition, world);
        demonstrate(speller, definition, world.demonstrations(length.of(DEMONSTRATIONS)));
        double phonemeErrorBefore = speller.phonemeError();
        LearningCurve curve = listen(speller, definition, length.of(TRAJECTORIES), progress);
        return new Findings(measures(curve, phonemeErrorBefore, speller.phonemeError()), List.of(chart(curve)));
    }

    private static void demonstrate(Speller speller, PolicyDefinition definition, List<Pronounced> demonstrations) {
        for (Passes stage : WARM_START) {
            speller.goOnBy(Definitions.with(definition, "optimizer.learning-rate", stage.learningRate));
            for (int pass = 0; pass < stage.passes; pass++) {
                speller.demonstrate(demonstrations);
            }
        }
    }

    private static LearningCurve listen(
            Speller speller, PolicyDefinition definition, int trajectories, Consumer<String> progress) {
        List<Point> points = new ArrayList<>();
        points.add(new Point(0, speller.wordError()));
        long asked = 0;
        double seconds = 0;
        for (Stage stage : FEEDBACK) {
            speller.goOnBy(feedback(definition, stage));
            for (int look = 0; look < stage.looks; look++) {
                long wanted = (long) trajectories * points.size() / LOOKS;
                long begun = System.nanoTime();
                asked += speller.listen(wanted - asked);
                seconds += (System.nanoTime() - begun) / 1e9;
                points.add(new Point(asked, speller.wordError()));
                progress.accept(line(points.get(points.size() - 1)));
            }
        }
        return new LearningCurve(points, seconds);
    }

    private static PolicyDefinition feedback(PolicyDefinition definition, Stage stage) {
        PolicyDefinition changed = Definitions.with(definition, "optimizer.learning-rate", stage.learningRate);
        changed = Definitions.with(changed, "estimator.entropy", stage.entropy);
        changed = Definitions.with(changed, "estimator.group-size", GROUP);
        return Definitions.with(changed, "batch.trajectories", FEEDBACK_BATCH);
    }

    private static String line(Point point) {
        return String.format(
                Locale.ROOT, "%,d trajectories, held-out word error %.1f%%", point.trajectories(), 100 * point.error());
    }

    private static List<Measure> measures(LearningCurve curve, double phonemesBefore, double phonemesAfter) {
        double before = curve.points().get(0).error();
        double after = curve.last().error();
        return List.of(
                Measure.told("wordErrorAfterDemonstrations", "word error rate", before),
                Measure.told("wordErrorAfterFeedback", "word error rate", after),
                Measure.told("fall", "of the word error after the demonstrations", 1 - after / before)
                        .required(new Requirement.AtLeast(0.2)),
                Measure.told("phonemeErrorAfterDemonstrations", "phoneme error rate", phonemesBefore),
                Measure.told("phonemeErrorAfterFeedback", "phoneme error rate", phonemesAfter),
                Measure.told(
                        "trajectories", "trajectories", (double) curve.last().trajectories()),
                Measure.told(
                        "trajectoriesPerSecond", "trajectories/s", curve.last().trajectories() / curve.seconds()));
    }

    private LineChart chart(LearningCurve curve) {
        return new LineChart(
                name(),
                "Going on from 20,000 demonstrations by scores alone: word error on 5,000 held-out words",
                "trajectories",
                "word error rate",
                List.of(new Series("seq2seq, in memory", curve.trajectories(), curve.errors())),
                List.of());
    }
}
