package io.millrace.bench.curves.control;

import io.millrace.policy.Policy;
import io.millrace.policy.PolicyFactory;
import io.millrace.policy.spec.Key;
import io.millrace.policy.spec.ModelSpec;
import java.util.List;

/** Makes the two-action policies of these tests, of the kind {@code test-linear}. */
public final class LinearPolicyFactory implements PolicyFactory {

    @Override
    public String kind() {
        return "test-linear";
    }

    @Override
    public String summary() {
        return "Two actions by two numbers.";
    }

    @Override
    public List<Key<?>> modelKeys() {
        return List.of();
    }

    @Override
    public Policy create(ModelSpec model) {
        return new LinearPolicy();
    }
}
