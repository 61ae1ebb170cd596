package io.millrace.policy.transducer;

import io.millrace.policy.Policy;
import io.millrace.policy.PolicyFactory;
import io.millrace.policy.spec.Key;
import io.millrace.policy.spec.ModelSpec;
import java.util.List;

/** Makes policies of the kind {@code transducer}. */
public final class TransducerPolicyFactory implements PolicyFactory {

    @Override
    public String kind() {
        return "transducer";
    }

    @Override
    public String summary() {
        return "Monotone sequence generation: each input token emits zero, one or more output tokens.";
    }

    @Override
    public List<Key<?>> modelKeys() {
        return TransducerKeys.ALL;
    }

    @Override
    public Policy create(ModelSpec model) {
        return new TransducerPolicy(TransducerModel.of(model));
    }
}
