package io.millrace.neural.mlp;

import io.millrace.neural.matrix.NativeLibraries;
import io.millrace.policy.Policy;
import io.millrace.policy.PolicyFactory;
import io.millrace.policy.spec.Key;
import io.millrace.policy.spec.ModelSpec;
import java.util.List;

/** Makes policies of the kind {@code mlp}; loads no native library before one of them computes with batches. */
public final class MlpPolicyFactory implements PolicyFactory {

    @Override
    public String kind() {
        return "mlp";
    }

    @Override
    public String summary() {
        return "Picks one of a few actions by a dense state, step after step: a feed-forward network with a policy and a value"
                + " head.";
    }

    @Override
    public List<Key<?>> modelKeys() {
        return MlpKeys.ALL;
    }

    @Override
    public Policy create(ModelSpec model) {
        return new MlpPolicy(MlpModel.of(model));
    }

    @Override
    public void requireLearning() {
        NativeLibraries.require(kind());
    }
}
