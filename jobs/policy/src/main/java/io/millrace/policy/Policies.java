package io.millrace.policy;

import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.policy.spec.PolicySpecException;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** The kinds of policy on the class path. */
public final class Policies {

    private Policies() {}

    /**
     * The policy that a definition describes.
     *
     * @throws PolicySpecException when no kind of that name is on the class path, its model is
     *     impossible, or its estimator needs a value head or a reward model that it has not, or learns what it does not choose by
     */
    public static Policy create(PolicyDefinition definition) {
        return create(factory(definition), definition);
    }

    /**
     * The same, of which the process can also score and differentiate batches.
     *
     * @throws PolicySpecException also when it lacks what that takes
     */
    public static Policy createLearning(PolicyDefinition definition) {
        PolicyFactory factory = factory(definition);
        try {
            factory.requireLearning();
        } catch (PolicySpecException e) {
            throw e.inPolicy(definition.policy());
        }
        return create(factory, definition);
    }

    private static PolicyFactory factory(PolicyDefinition definition) {
        var kinds = new TreeSet<String>();
        for (PolicyFactory factory : ServiceLoader.load(PolicyFactory.class, Policies.class.getClassLoader())) {
            if (factory.kind().equals(definition.kind())) {
                return factory;
            }
            kinds.add(factory.kind());
        }
        throw new PolicySpecException("kind: expected one of " + kinds + ", found '" + definition.kind() + "' (policy '"
                + definition.policy() + "'); put the kind's jar on the class path or mend the name");
    }

    private static Policy create(PolicyFactory factory, PolicyDefinition definition) {
        try {
            Policy policy = factory.create(definition.model());
            if (definition.estimator().needsValueHead() && !policy.hasValueHead()) {
                throw definition.estimator().missingValueHead(factory.kind());
            }
            if (definition.estimator().needsRewardModel() && !policy.hasRewardModel()) {
                throw definition.estimator().missingRewardModel(factory.kind());
            }
            if (definition.estimator().learnsRewardsAlone() != policy.choosesByRewardModel()) {
                throw definition.estimator().misplacedRewardRegression(factory.kind());
            }
            return policy;
        } catch (PolicySpecException e) {
            throw e.inPolicy(definition.policy());
        }
    }
}
