package io.millrace.bench.curves.pronounce;

import io.millrace.bench.curves.pronounce.LearningCurve.Point;
import io.millrace.bench.learner.Definitions;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.simulator.pronounce.PronounceWorld.Pronounced;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What a pupil is taught by: demonstrations first, then scores alone, both with a learning rate that falls.
 *
 * @param warmStart passes over the demonstrations
 * @param feedback stages of scores; each takes as many of them as it has looks
 * @param imitated {@link Praised} outputs that are shown again in every batch
 */
record Curriculum(List<Passes> warmStart, List<Stage> feedback, int imitated) {

    /** Adam's second moment must forget the demonstrations, whose gradients are longer than those of scores. */
    private static final double BETA2 = 0.99;

    /** Outputs of a word whose scores are compared. */
    private static final int GROUP = 4;
    /** New outputs a batch. */
    private static final int OUTPUTS = 128;
    /** What a praised output that is shown again weighs, beside a new one whose advantage is 1. */
    private static final double IMITATION = 0.5;

    /** Passes over the demonstrations at a learning rate. */
    record Passes(int passes, double learningRate) {}

    /** Scores until so many looks have been taken, at a learning rate, with a bonus for entropy. */
    record Stage(int looks, double learningRate, double entropy) {}

    Curriculum {
        warmStart = List.copyOf(warmStart);
        feedback = List.copyOf(feedback);
    }

    /** The same without showing outputs again: the policy gradient alone. */
    Curriculum withoutImitation() {
        return new Curriculum(warmStart, feedback, 0);
    }

    /** The same after other passes over the demonstrations. */
    Curriculum warmStartedBy(List<Passes> passes) {
        return new Curriculum(passes, feedback, imitated);
    }

    void demonstrate(Pupil pupil, PolicyDefinition definition, List<Pronounced> demonstrations)
            throws InterruptedException {
        for (Passes stage : warmStart) {
            pupil.goOnBy(Definitions.with(definition, "optimizer.learning-rate", stage.learningRate));
            for (int pass = 0; pass < stage.passes; pass++) {
                pupil.demonstrate(demonstrations);
            }
        }
    }

    /** Word errors before, and after each look; looks are evenly spaced over the trajectories. */
    LearningCurve listen(Pupil pupil, PolicyDefinition definition, long trajectories, Consumer<String> progress)
            throws InterruptedException {
        List<Point> points = new ArrayList<>();
        points.add(look(0, pupil, progress));
        long asked = 0;
        double seconds = 0;
        for (Stage stage : feedback) {
            pupil.goOnBy(scores(definition, stage));
            for (int look = 0; look < stage.looks; look++) {
                long wanted = trajectories * points.size() / looks();
                long begun = System.nanoTime();
                asked += pupil.listen(wanted - asked, imitated);
                seconds += (System.nanoTime() - begun) / 1e9;
                points.add(look(asked, pupil, progress));
            }
        }
        return new LearningCurve(points, seconds);
    }

    private int looks() {
        return feedback.stream().mapToInt(Stage::looks).sum();
    }

    private PolicyDefinition scores(PolicyDefinition definition, Stage stage) {
        PolicyDefinition changed = Definitions.with(definition, "optimizer.learning-rate", stage.learningRate);
        changed = Definitions.with(changed, "optimizer.beta2", BETA2);
        changed = Definitions.with(changed, "estimator.entropy", stage.entropy);
        changed = Definitions.with(changed, "estimator.group-size", GROUP);
        changed = Definitions.with(changed, "estimator.demonstrations", IMITATION);
        return Definitions.with(changed, "batch.trajectories", OUTPUTS + imitated);
    }

    private static Point look(long trajectories, Pupil pupil, Consumer<String> progress) {
        Point point = new Point(trajectories, pupil.wordError());
        progress.accept(String.format(
                Locale.ROOT, "%,d scores, held-out word error %.1f%%", point.trajectories(), 100 * point.error()));
        return point;
    }
}
