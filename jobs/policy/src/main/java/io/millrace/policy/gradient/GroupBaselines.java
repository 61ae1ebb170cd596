package io.millrace.policy.gradient;

import io.millrace.policy.InvalidInputException;
import io.millrace.policy.spec.BaselineSpec;

/**
 * Advantages of the outputs of one prompt, each compared with the others. With m the mean of the group's G rewards and s
 * their population standard deviation:
 *
 * <table>
 *   <caption>Advantage of reward R</caption>
 *   <tr><td>leave-one-out</td><td>R − mean of the others = (R − m) G / (G − 1)</td><td>unbiased (RLOO, Ahmadian et al. 2024)</td></tr>
 *   <tr><td>group-centered</td><td>R − m</td><td>(G − 1)/G of that, so unbiased but for the length of the step (Dr. GRPO,
 *       Liu et al. 2025)</td></tr>
 *   <tr><td>group-normalized</td><td>(R − m) / s; 0 where s is 0</td><td>biased towards prompts whose rewards hardly differ
 *       (GRPO, Shao et al. 2024, section 4.1.2)</td></tr>
 * </table>
 */
public final class GroupBaselines {

    /** Deviations below this share of the greatest reward are rounding. */
    private static final double NOISE = 1e-12;

    private GroupBaselines() {}

    /**
     * The advantages of a group.
     *
     * @param rewards R of each output; at least two
     * @return in the order of {@code rewards}
     * @throws InvalidInputException when there are fewer than two rewards, or one is not finite
     */
    public static double[] advantages(BaselineSpec.Kind kind, double[] rewards) {
        double mean = mean(rewards);
        double scale = scale(kind, rewards, mean);
        double[] advantages = new double[rewards.length];
        for (int i = 0; i < rewards.length; i++) {
            advantages[i] = (rewards[i] - mean) * scale;
        }
        return advantages;
    }

    private static double mean(double[] rewards) {
        if (rewards.length < 2) {
            throw new InvalidInputException("group: expected at least two rewards, found " + rewards.length);
        }
        double sum = 0;
        for (double reward : rewards) {
            if (!Double.isFinite(reward)) {
                throw new InvalidInputException("reward: expected a finite number, found " + reward);
            }
            sum += reward / rewards.length;
        }
        return sum;
    }

    private static double scale(BaselineSpec.Kind kind, double[] rewards, double mean) {
        return switch (kind) {
            case LEAVE_ONE_OUT -> rewards.length / (rewards.length - 1.0);
            case GROUP_CENTERED -> 1;
            case GROUP_NORMALIZED -> inverseDeviation(rewards, mean);
            case NONE, MEAN, INCLUSIVE_MEAN, EMA, CRITIC ->
                throw new IllegalArgumentException("baseline: expected one of a group, found " + kind);
        };
    }

    private static double inverseDeviation(double[] rewards, double mean) {
        double squares = 0;
        double greatest = 0;
        for (double reward : rewards) {
            squares += (reward - mean) * (reward - mean);
            greatest = Math.max(greatest, Math.abs(reward));
        }
        double deviation = Math.sqrt(squares / rewards.length);
        return deviation > NOISE * greatest ? 1 / deviation : 0;
    }
}
