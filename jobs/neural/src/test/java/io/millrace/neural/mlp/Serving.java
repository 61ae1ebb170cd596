package io.millrace.neural.mlp;

import io.millrace.policy.Generated;
import io.millrace.policy.Policies;
import io.millrace.policy.Policy;
import io.millrace.policy.Prompt;
import io.millrace.policy.Sampling;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.PolicyDefinition;
import java.util.SplittableRandom;

/** What a server does with an mlp, for a class loader that has no ND4J. */
public final class Serving implements Runnable {

    @Override
    public void run() {
        Policy policy = Policies.create(PolicyDefinition.parse("""
                {"policy": "control", "kind": "mlp", "model": {"inputs": 2, "actions": ["a", "b"]}}
                """));
        float[] theta = new float[policy.layout().size()];
        policy.initialize(theta, 7);
        var out = new Generated();
        var context = policy.encode(new Prompt.Dense(new float[] {1, 2}));
        policy.generate(new Parameters(theta, 1, 1), context, Sampling.AS_LEARNED, new SplittableRandom(1), out);
        if (out.length() != 1) {
            throw new IllegalStateException("generation: expected one action, found " + out.length());
        }
    }
}
