package io.millrace.sdk.replica;

import io.millrace.policy.Policies;
import io.millrace.policy.Policy;
import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.policy.spec.PolicyDefinition;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A policy that can generate: its kind and model, the copy of its θ, and a drawer for every thread that asks.
 *
 * <p>Drawers are kept by thread and are as large as the policy's scratch space: call from pooled threads, not from one
 * thread a request.
 */
final class Model {

    private final PolicyDefinition definition;
    private final ParameterReplica replica;
    private final ThreadLocal<Drawer> drawers;

    private Model(PolicyDefinition definition, Policy policy, Supplier<RandomGenerator> randoms) {
        this.definition = definition;
        this.replica = ParameterReplica.concurrent(definition.policy(), policy.layout());
        this.drawers = ThreadLocal.withInitial(() -> new Drawer(policy.fork(), replica.reader(), randoms.get()));
    }

    /**
     * A model without parameters.
     *
     * @throws io.millrace.policy.spec.PolicySpecException when the definition cannot be followed
     */
    static Model create(PolicyDefinition definition, Supplier<RandomGenerator> randoms) {
        return new Model(definition, Policies.create(definition), randoms);
    }

    /** Whether parameters of this model are parameters of {@code other}. */
    boolean fits(PolicyDefinition other) {
        return definition.kind().equals(other.kind()) && definition.model().equals(other.model());
    }

    ParameterReplica replica() {
        return replica;
    }

    /** The calling thread's. */
    Drawer drawer() {
        return drawers.get();
    }
}
