package io.millrace.learner.control;

import io.millrace.policy.Policies;
import io.millrace.policy.Policy;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.schemas.PolicySpec;

/** A specification with what it says: its definition, and the policy itself (without parameters). */
public record KnownPolicy(PolicySpec spec, PolicyDefinition definition, Policy policy) {

    /**
     * Reads a specification.
     *
     * @throws io.millrace.policy.spec.PolicySpecException when it cannot be followed
     */
    public static KnownPolicy of(PolicySpec spec) {
        PolicyDefinition definition = PolicyDefinition.parse(spec.getSpecification());
        return new KnownPolicy(spec, definition, Policies.create(definition));
    }

    public String name() {
        return spec.getPolicy();
    }

    public long revision() {
        return spec.getRevision();
    }
}
