package io.millrace.learner.control;

import io.millrace.policy.Policies;
import io.millrace.policy.Policy;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.policy.spec.PolicySpecException;
import io.millrace.schemas.PolicySpec;

/** A specification with what it says: its definition, and the policy itself (without parameters). */
public record KnownPolicy(PolicySpec spec, PolicyDefinition definition, Policy policy) {

    /**
     * Reads a specification.
     *
     * @throws PolicySpecException when it cannot be followed
     */
    public static KnownPolicy of(PolicySpec spec) {
        PolicyDefinition definition = PolicyDefinition.parse(spec.getSpecification());
        if (!definition.policy().equals(spec.getPolicy())) {
            throw new PolicySpecException("policy: expected '" + spec.getPolicy() + "', the record's key, found '"
                    + definition.policy() + "'; apply the file under its own name");
        }
        return new KnownPolicy(spec, definition, Policies.create(definition));
    }

    /** Whether parameters of the one are parameters of the other. */
    public boolean hasModelOf(KnownPolicy other) {
        return definition.kind().equals(other.definition.kind())
                && definition.model().equals(other.definition.model());
    }

    public String name() {
        return spec.getPolicy();
    }

    public long revision() {
        return spec.getRevision();
    }
}
