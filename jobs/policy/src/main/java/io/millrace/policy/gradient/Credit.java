package io.millrace.policy.gradient;

import io.millrace.policy.spec.BaselineSpec;
import io.millrace.policy.spec.ReturnsSpec;
import java.util.Arrays;

/** Fills in the advantages of a rollout, and the targets of V where the baseline is a critic. */
final class Credit {

    private final ReturnsSpec spec;
    private final boolean critic;
    private final Advantages.VTrace bounds;

    Credit(ReturnsSpec spec, BaselineSpec baseline) {
        this.spec = spec;
        this.critic = baseline.kind() == BaselineSpec.Kind.CRITIC;
        this.bounds = new Advantages.VTrace(spec.discount(), spec.lambda(), spec.rhoClip(), spec.cClip());
    }

    void assign(Rollout r) {
        double discount = spec.discount();
        switch (spec.kind()) {
            case TRAJECTORY -> Arrays.fill(r.advantages, 0, r.length, r.advantage);
            case MONTE_CARLO -> monteCarlo(r);
            case TD -> Advantages.temporalDifference(r.length, r.rewards, r.values, discount, r.advantages, r.targets);
            case N_STEP ->
                Advantages.nStep(r.length, r.rewards, r.values, discount, spec.steps(), r.advantages, r.targets);
            case GAE ->
                Advantages.generalized(r.length, r.rewards, r.values, discount, spec.lambda(), r.advantages, r.targets);
            case V_TRACE ->
                Advantages.vTrace(r.length, r.rewards, r.values, r.logRatios, bounds, r.advantages, r.targets);
        }
    }

    /** Without a critic, b is what is missing from the advantage of the whole trajectory to its reward. */
    private void monteCarlo(Rollout r) {
        if (critic) {
            Advantages.monteCarlo(r.length, r.rewards, r.values, spec.discount(), r.advantages, r.targets);
            return;
        }
        double baseline = r.rewardSum - r.advantage;
        Advantages.returns(r.length, r.rewards, spec.discount(), r.advantages);
        for (int t = 0; t < r.length; t++) {
            r.advantages[t] -= baseline;
        }
    }
}
