package io.millrace.policy.spec;

import io.millrace.policy.spec.EstimatorSpec.Algorithm;

/** Which parts of an estimator go together; refuses those that contradict each other or would be silently unused. */
record EstimatorRules(Algorithm algorithm, BaselineSpec.Kind baseline, ReturnsSpec.Kind returns) {

    void check(BaselineSpec rewards, ImportanceSpec importance, ClipSpec clip, int passes) {
        checkBaseline();
        checkReturns();
        if (rewards.normalizeAdvantage() && returns != ReturnsSpec.Kind.TRAJECTORY) {
            throw refusal(EstimatorKeys.NORMALIZE_ADVANTAGE, true, "false with the returns " + name(returns));
        }
        checkImportance(importance);
        checkClip(clip);
        checkRewardModel(importance);
        if (passes > 1 && !clips()) {
            throw refusal(EstimatorKeys.PASSES, passes, "1 with the algorithm " + name());
        }
    }

    private void checkBaseline() {
        if (algorithm == Algorithm.ACTOR_CRITIC && baseline != BaselineSpec.Kind.CRITIC) {
            throw refusal(EstimatorKeys.BASELINE, baseline, "critic with the algorithm actor-critic");
        }
        if (returns.bootstraps() && baseline != BaselineSpec.Kind.CRITIC) {
            throw refusal(EstimatorKeys.BASELINE, baseline, "critic with the returns " + name(returns));
        }
    }

    /** GSPO divides by the length already. */
    void checkLength(boolean normalization) {
        if (normalization && algorithm == Algorithm.GSPO) {
            throw refusal(EstimatorKeys.LENGTH_NORMALIZATION, true, "false with the algorithm gspo");
        }
    }

    /** What `doubly-robust` calls an advantage is what its reward model learns. */
    void checkNormalization(boolean normalize) {
        if (normalize && learnsRewards()) {
            throw refusal(EstimatorKeys.NORMALIZE, true, "false with the algorithm " + name());
        }
    }

    private void checkReturns() {
        if (algorithm == Algorithm.REINFORCE && returns.bootstraps()) {
            throw refusal(EstimatorKeys.RETURNS, returns, "trajectory or monte-carlo with the algorithm reinforce");
        }
        if (baseline == BaselineSpec.Kind.CRITIC && returns == ReturnsSpec.Kind.TRAJECTORY) {
            throw refusal(EstimatorKeys.RETURNS, returns, "another kind with the baseline critic");
        }
        if (baseline == BaselineSpec.Kind.GROUP_NORMALIZED && returns != ReturnsSpec.Kind.TRAJECTORY) {
            throw refusal(EstimatorKeys.RETURNS, returns, "trajectory with the baseline group-normalized");
        }
    }

    private void checkImportance(ImportanceSpec importance) {
        if (importance.mode() == ImportanceSpec.Mode.MASK
                && (algorithm == Algorithm.GSPO || algorithm == Algorithm.CISPO)) {
            throw refusal(EstimatorKeys.IMPORTANCE_MODE, importance.mode(), "truncate with the algorithm " + name());
        }
        if (algorithm == Algorithm.ACTOR_CRITIC
                && returns == ReturnsSpec.Kind.V_TRACE
                && importance.level() != ImportanceSpec.Level.TOKEN) {
            throw refusal(EstimatorKeys.IMPORTANCE_LEVEL, importance.level(), "token with the returns v-trace");
        }
    }

    private void checkClip(ClipSpec clip) {
        if (clip.proximal() == ClipSpec.Proximal.INTERPOLATED && algorithm != Algorithm.PPO) {
            throw refusal(EstimatorKeys.PROXIMAL, clip.proximal(), "behaviour with the algorithm " + name());
        }
        if (Double.isFinite(clip.dual()) && algorithm != Algorithm.PPO && algorithm != Algorithm.GSPO) {
            throw refusal(EstimatorKeys.CLIP_DUAL, clip.dual(), "unlimited with the algorithm " + name());
        }
    }

    /** Its direct term is weighed by whole sequences, and one reward for all actions is what the reward model learns. */
    private void checkRewardModel(ImportanceSpec importance) {
        if (!learnsRewards()) {
            return;
        }
        if (returns != ReturnsSpec.Kind.TRAJECTORY) {
            throw refusal(EstimatorKeys.RETURNS, returns, "trajectory with the algorithm " + name());
        }
        if (importance.mode() == ImportanceSpec.Mode.MASK) {
            throw refusal(EstimatorKeys.IMPORTANCE_MODE, importance.mode(), "truncate with the algorithm " + name());
        }
        if (importance.level() != ImportanceSpec.Level.SEQUENCE) {
            throw refusal(EstimatorKeys.IMPORTANCE_LEVEL, importance.level(), "sequence with the algorithm " + name());
        }
    }

    private boolean learnsRewards() {
        return algorithm == Algorithm.DOUBLY_ROBUST || algorithm == Algorithm.REWARD_REGRESSION;
    }

    private boolean clips() {
        return algorithm == Algorithm.PPO || algorithm == Algorithm.GSPO || algorithm == Algorithm.CISPO;
    }

    private Object name() {
        return EstimatorKeys.ALGORITHM.write(algorithm);
    }

    private static Object name(ReturnsSpec.Kind returns) {
        return EstimatorKeys.RETURNS.write(returns);
    }

    private static <T> PolicySpecException refusal(Key<T> key, T found, String expected) {
        return PolicySpecException.of(
                key.path(), expected, key.write(found).toString(), "the two do not go together: change one");
    }
}
