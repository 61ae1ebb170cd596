package io.millrace.local.admin;

import io.millrace.policy.Policies;
import io.millrace.policy.optimizer.Optimizer;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.policy.spec.PolicySpecException;
import io.millrace.schemas.PolicySpec;

/** Refuses at once the changes that the learner would refuse later: parameters and moments must go on to fit. */
final class ModelChange {

    private static final String NEW_NAME = "give the policy a new name to learn another model";

    private ModelChange() {}

    /**
     * Nothing, when the learner can follow.
     *
     * @throws PolicySpecException naming the key that may not change
     */
    static void refuse(PolicySpec known, PolicyDefinition changed) {
        PolicyDefinition now;
        try {
            now = PolicyDefinition.parse(known.getSpecification());
        } catch (PolicySpecException e) {
            // Nobody follows it, so that any change can only mend it.
            return;
        }
        if (!now.kind().equals(changed.kind())) {
            throw refusal("kind", "'" + now.kind() + "' as before", "'" + changed.kind() + "'", NEW_NAME);
        }
        if (!now.model().equals(changed.model())) {
            throw refusal(
                    "model",
                    "the one that the policy was created with (revision " + known.getRevision() + ")",
                    "another",
                    NEW_NAME);
        }
        ParameterLayout layout = Policies.create(changed).layout();
        int before = Optimizer.of(now.optimizer(), layout).moments();
        int after = Optimizer.of(changed.optimizer(), layout).moments();
        if (before != after) {
            throw refusal(
                    "optimizer.kind",
                    "one with as many moments (" + before + ") as the policy has learned with",
                    Integer.toString(after),
                    "give the policy a new name to learn with another optimizer");
        }
    }

    private static PolicySpecException refusal(String key, String expected, String found, String remedy) {
        return new PolicySpecException(key + ": expected " + expected + ", found " + found + "; " + remedy);
    }
}
