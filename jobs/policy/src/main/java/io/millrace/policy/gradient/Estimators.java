package io.millrace.policy.gradient;

import io.millrace.policy.Policy;
import io.millrace.policy.spec.EstimatorSpec;
import io.millrace.policy.spec.PolicySpecException;

/** Every algorithm, by its name in the policy's file. */
final class Estimators {

    private Estimators() {}

    /**
     * The estimator that a policy's file asks for.
     *
     * @throws PolicySpecException when it needs a value head or a reward model and the policy has none, or does not choose by it
     */
    static Estimator of(EstimatorSpec spec, Policy policy) {
        if (spec.needsValueHead() && !policy.hasValueHead()) {
            throw spec.missingValueHead(policy.getClass().getSimpleName());
        }
        if (spec.needsRewardModel() && !policy.hasRewardModel()) {
            throw spec.missingRewardModel(policy.getClass().getSimpleName());
        }
        if (spec.learnsRewardsAlone() != policy.choosesByRewardModel()) {
            throw spec.misplacedRewardRegression(policy.getClass().getSimpleName());
        }
        var credit = new Credit(spec.returns(), spec.baseline());
        var importance = new ImportanceWeights(spec.importance());
        return switch (spec.algorithm()) {
            case REINFORCE -> new Reinforce(credit, importance);
            case ACTOR_CRITIC -> new ActorCritic(credit, importance);
            case PPO -> new Ppo(credit, importance, spec.clip());
            case GSPO -> new Gspo(credit, spec.clip());
            case CISPO -> new Cispo(credit, spec.clip());
            case DOUBLY_ROBUST ->
                new DoublyRobust(credit, importance, spec.returns().valueCoefficient());
            case REWARD_REGRESSION ->
                new RewardRegression(credit, importance, spec.returns().valueCoefficient());
        };
    }
}
