package io.millrace.bench.curves.choice;

import io.millrace.policy.spec.PolicyDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * A way to play.
 *
 * @param title for people
 * @param measure what names of its measures end with
 * @param players makes a player, by a seed
 */
record Contestant(String title, String measure, LongFunction<Player> players) {

    /** What is held to the bar. */
    static final PolicyDefinition REWARD_REGRESSION_DEFINITION = definition("""
            "model": {"hash-bits": 18, "reward-model": true, "sharpness": 30},
            "estimator": {"algorithm": "reward-regression", "returns": {"value-coefficient": 1}},
            "optimizer": {"kind": "adagrad", "learning-rate": 0.2, "initial-accumulator": 0.01}""");

    static final Contestant REWARD_REGRESSION =
            millrace("reward regression", "RewardRegression", REWARD_REGRESSION_DEFINITION);

    /** Of some learning rates and entropy bonuses the best over all problems. */
    static final Contestant DOUBLY_ROBUST = millrace("doubly robust", "DoublyRobust", definition("""
            "model": {"hash-bits": 18, "reward-model": true},
            "estimator": {"algorithm": "doubly-robust", "entropy": 0.07},
            "optimizer": {"kind": "adagrad", "learning-rate": 0.4}"""));

    /** Plain, without a bonus; of some learning rates the best over all problems. */
    static final Contestant REINFORCE = millrace("REINFORCE", "Reinforce", definition("""
            "model": {"hash-bits": 18},
            "estimator": {"algorithm": "reinforce"},
            "optimizer": {"kind": "adagrad", "learning-rate": 0.3}"""));

    static final List<Contestant> MILLRACE = List.of(REWARD_REGRESSION, DOUBLY_ROBUST, REINFORCE);

    static final List<Contestant> VOWPAL_WABBIT = vowpalWabbit();

    /** Whether it must not fall behind. */
    boolean isHeldToTheBar() {
        return equals(REWARD_REGRESSION);
    }

    private static List<Contestant> vowpalWabbit() {
        List<Contestant> all = new ArrayList<>();
        for (String type : List.of("mtr", "dr", "ips")) {
            // The scale of softmax's estimates is the problem's, so some are tried.
            for (String exploration :
                    List.of("--softmax --lambda 10", "--softmax --lambda 20", "--softmax --lambda 40", "--cover 4")) {
                all.add(vowpalWabbit("--cb_type " + type + " " + exploration));
            }
        }
        // It explores by estimates of costs, which only mtr makes.
        all.add(vowpalWabbit("--cb_type mtr --squarecb"));
        return List.copyOf(all);
    }

    private static Contestant vowpalWabbit(String options) {
        return new Contestant(options, "VowpalWabbit", seed -> new VowpalWabbitPlayer(options, seed));
    }

    private static PolicyDefinition definition(String settings) {
        return PolicyDefinition.parse(
                "{\"policy\": \"choice-against-vw\", \"kind\": \"choice\", \"batch\": {\"trajectories\": 1},"
                        + " \"guards\": {\"gradient-norm\": \"unlimited\"}, "
                        + settings + "}");
    }

    private static Contestant millrace(String title, String measure, PolicyDefinition definition) {
        return new Contestant(title, measure, seed -> new MillracePlayer(definition, seed));
    }

    /** The progressive rewards at each of some seeds, after each of so many equal shares of the rounds. */
    double[][] play(Problem problem, int rounds, int firstSeed, int seeds, int points) throws InterruptedException {
        double[][] rewards = new double[seeds][];
        for (int i = 0; i < seeds; i++) {
            int seed = firstSeed + i;
            // Rounds and choices are drawn by seeds of their own.
            try (Player player = players.apply(~seed)) {
                rewards[i] = Player.progressiveRewards(player, problem.begin(seed), rounds, points);
            } catch (IOException e) {
                throw new UncheckedIOException("player: could not be closed (" + title + ")", e);
            }
        }
        return rewards;
    }
}
