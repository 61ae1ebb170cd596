package io.millrace.policy.spec;

/**
 * What the learner refuses to do.
 *
 * @param gradientNorm mean gradients longer than this are scaled down to it; infinite: never
 * @param maxKl a batch whose mean approximate KL exceeds this is dropped; infinite: never
 * @param maxStaleness trajectories whose parameters are more versions old than this are dropped and dead-lettered
 * @param rewardDrop θ is rolled back when the mean reward falls by more than this below its running level; infinite: never
 * @param rewardDropWindow trajectories that each mean of the reward is taken over
 */
public record GuardSpec(double gradientNorm, double maxKl, long maxStaleness, double rewardDrop, int rewardDropWindow) {

    public GuardSpec {
        PolicyKeys.GRADIENT_NORM.require(gradientNorm);
        PolicyKeys.MAX_KL.require(maxKl);
        PolicyKeys.MAX_STALENESS.require(maxStaleness);
        PolicyKeys.REWARD_DROP.require(rewardDrop);
        PolicyKeys.REWARD_DROP_WINDOW.require(rewardDropWindow);
    }
}
