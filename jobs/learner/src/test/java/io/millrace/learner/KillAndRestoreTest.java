package io.millrace.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.control.KnownPolicy;
import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.learner.fixture.SampleTrajectory;
import io.millrace.learner.fixture.ValuedPolicy;
import io.millrace.learner.join.JoinedTrajectory;
import io.millrace.policy.Trajectory.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A learner that dies after a checkpoint, loses what it did since, and learns that again has the same θ, bit for bit, as one
 * that took the same checkpoint and went on.
 */
class KillAndRestoreTest {

    private static final int BEFORE_CHECKPOINT = 27;
    private static final int LOST = 14;
    private static final int ALL = 80;

    private static final String ALGORITHM = "estimator.algorithm";
    private static final String BASELINE = "estimator.baseline";
    private static final String RETURNS = "estimator.returns.kind";

    private static final Map<String, SamplePolicy> ESTIMATORS = estimators();

    private static Map<String, SamplePolicy> estimators() {
        SamplePolicy choice = SamplePolicy.choice("pick").with("batch.trajectories", "4");
        SamplePolicy valued = SamplePolicy.valued("walk");
        return Map.ofEntries(
                Map.entry("reinforce", choice),
                Map.entry("reinforce, inclusive mean", choice.withText(BASELINE, "inclusive-mean")),
                Map.entry(
                        "doubly robust",
                        choice.with("model.reward-model", "true").withText(ALGORITHM, "doubly-robust")),
                Map.entry(
                        "reward regression",
                        choice.with("model.reward-model", "true")
                                .with("model.sharpness", "3")
                                .withText(ALGORITHM, "reward-regression")),
                Map.entry("reinforce without baseline", choice.withText(BASELINE, "none")),
                Map.entry("reinforce, moving average", choice.withText(BASELINE, "ema")),
                Map.entry("reinforce, normalised", choice.with("estimator.normalize-advantage", "true")),
                Map.entry("reinforce, entropy", choice.with("estimator.entropy", "0.01")),
                Map.entry("reinforce, masked", choice.withText("estimator.importance-mode", "mask")),
                Map.entry("reinforce, veto", choice.with("estimator.importance-veto", "0.6")),
                Map.entry("rloo", choice.withText(BASELINE, "leave-one-out")),
                Map.entry("grpo", choice.withText(BASELINE, "group-normalized")),
                Map.entry("dr-grpo", choice.withText(BASELINE, "group-centered")),
                Map.entry("ppo", choice.withText(ALGORITHM, "ppo")),
                Map.entry(
                        "ppo, decoupled",
                        choice.withText(ALGORITHM, "ppo").withText("estimator.clip.proximal", "interpolated")),
                Map.entry("ppo, dual clip", choice.withText(ALGORITHM, "ppo").with("estimator.clip.dual", "3")),
                Map.entry("ppo, three passes", choice.withText(ALGORITHM, "ppo").with("estimator.passes", "3")),
                Map.entry("gspo", choice.withText(ALGORITHM, "gspo")),
                Map.entry("cispo", choice.withText(ALGORITHM, "cispo")),
                Map.entry(
                        "kl to the initial policy",
                        choice.with("estimator.kl.coefficient", "0.1").withText("estimator.kl.reference", "initial")),
                Map.entry("actor-critic, td", valued.withText(RETURNS, "td")),
                Map.entry("actor-critic, n-step", valued.withText(RETURNS, "n-step")),
                Map.entry("actor-critic, gae", valued.with("estimator.returns.discount", "0.9")),
                Map.entry(
                        "actor-critic, v-trace",
                        valued.withText(RETURNS, "v-trace").withText("estimator.importance-level", "token")),
                Map.entry(
                        "reinforce with a critic",
                        valued.withText(ALGORITHM, "reinforce").withText(RETURNS, "monte-carlo")),
                Map.entry("ppo with a critic", valued.withText(ALGORITHM, "ppo")));
    }

    static Stream<Arguments> learners() {
        return ESTIMATORS.keySet().stream()
                .sorted()
                .flatMap(estimator ->
                        Stream.of("sgd", "adagrad", "adam").map(optimizer -> Arguments.of(estimator, optimizer)));
    }

    @ParameterizedTest
    @MethodSource("learners")
    void learnsTheSameAsIfNothingHadHappened(String estimator, String optimizer) throws Exception {
        SamplePolicy policy = Objects.requireNonNull(ESTIMATORS.get(estimator))
                .withText("optimizer.kind", optimizer)
                .with("optimizer.learning-rate", "0.05")
                .withText("batch.max-age", "1h")
                .with("guards.max-kl", "1000");
        KnownPolicy known = policy.known(1);
        List<JoinedTrajectory> trajectories = known.policy().hasValueHead() ? walks(policy) : trajectories(policy);
        List<JoinedTrajectory> before = trajectories.subList(0, BEFORE_CHECKPOINT);
        List<JoinedTrajectory> after = trajectories.subList(BEFORE_CHECKPOINT, ALL);

        float[] undisturbed;
        long version;
        try (ChainedLearner learner = ChainedLearner.start(known)) {
            learner.learn(before).checkpoint();
            learner.learn(after).checkpoint();
            undisturbed = learner.theta();
            version = learner.version();
        }
        ChainedLearner.Checkpoint kept;
        try (ChainedLearner learner = ChainedLearner.start(known)) {
            kept = learner.learn(before).checkpoint();
            learner.learn(after.subList(0, LOST));
        }
        try (ChainedLearner learner = ChainedLearner.restore(known, kept)) {
            learner.learn(after).checkpoint();

            assertThat(version).isGreaterThan(8);
            assertThat(learner.version()).isEqualTo(version);
            assertThat(learner.theta()).isEqualTo(undisturbed).isNotEqualTo(new float[undisturbed.length]);
        }
    }

    /** Four of a group, the groups overlapping, some of them demonstrations. */
    private static List<JoinedTrajectory> trajectories(SamplePolicy policy) {
        var random = new SplittableRandom(11);
        List<JoinedTrajectory> trajectories = new ArrayList<>();
        for (int i = 0; i < ALL; i++) {
            SampleTrajectory trajectory = SampleTrajectory.of(policy, "t" + i)
                    .in("segment-" + random.nextInt(3))
                    .ofGroup("g" + (i / 8 * 2 + i % 2))
                    .choosing(random.nextInt(3))
                    .withLogProb((float) Math.log(0.2 + 0.6 * random.nextDouble()))
                    .rewarded(random.nextDouble());
            trajectories.add((i % 10 == 9 ? trajectory.demonstrated() : trajectory).joined());
        }
        return trajectories;
    }

    /** One to five steps, some of them demonstrations. */
    private static List<JoinedTrajectory> walks(SamplePolicy policy) {
        var random = new SplittableRandom(12);
        List<JoinedTrajectory> walks = new ArrayList<>();
        for (int i = 0; i < ALL; i++) {
            int[][] steps = new int[1 + random.nextInt(5)][];
            for (int step = 0; step < steps.length; step++) {
                steps[step] = new int[] {random.nextInt(ValuedPolicy.STATES), random.nextInt(ValuedPolicy.ACTIONS)};
            }
            double[] rewards = random.doubles(steps.length).toArray();
            Origin origin = i % 10 == 9 ? Origin.DEMONSTRATED : Origin.GENERATED;
            walks.add(SampleTrajectory.walk(policy, "t" + i, steps, rewards, origin));
        }
        return walks;
    }
}
