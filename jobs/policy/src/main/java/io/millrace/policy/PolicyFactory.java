package io.millrace.policy;

import io.millrace.policy.spec.Key;
import io.millrace.policy.spec.ModelSpec;
import java.util.List;

/** Makes policies of one kind; found by {@link java.util.ServiceLoader}, so users can add a kind of their own. */
public interface PolicyFactory {

    /** The {@code kind} that a policy's file names. */
    String kind();

    /** A sentence on what the kind is for, for the reference page. */
    String summary();

    /** Every key of the kind's {@code model} section. */
    List<Key<?>> modelKeys();

    /**
     * A policy of this kind.
     *
     * @throws io.millrace.policy.spec.PolicySpecException when the model has a missing or impossible field; names it in full
     */
    Policy create(ModelSpec model);

    /**
     * Nothing, where policies of this kind can learn in this process. Learning may need more than serving does.
     *
     * @throws io.millrace.policy.spec.PolicySpecException when something is missing; says what, and how to get it
     */
    default void requireLearning() {}
}
