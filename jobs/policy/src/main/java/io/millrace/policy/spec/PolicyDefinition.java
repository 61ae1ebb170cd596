package io.millrace.policy.spec;

import java.util.List;

/** A policy's file, checked: every field present, every value possible. */
public record PolicyDefinition(
        String policy,
        String kind,
        long seed,
        ModelSpec model,
        EstimatorSpec estimator,
        OptimizerSpec optimizer,
        BatchSpec batch,
        JoinSpec join,
        PublishSpec publish,
        GuardSpec guards) {

    public PolicyDefinition {
        PolicyKeys.POLICY.require(policy);
        PolicyKeys.KIND.require(kind);
    }

    /**
     * Reads the JSON form of a policy's file (the CLI turns YAML into it). Whether the kind exists and its model is
     * possible is known to the kind only.
     *
     * @throws PolicySpecException naming the full key of what is missing, unknown or impossible
     */
    public static PolicyDefinition parse(String json) {
        return PolicyFileReader.read(PlainJson.parse(json));
    }

    /** The JSON form, every key written out; {@link #parse} reads it back to an equal definition. */
    public String toJson() {
        return PlainJson.write(PolicyFileWriter.write(this));
    }

    /** Every key that a policy's file may hold, in the order of the reference page; the kinds declare those of their models. */
    public static List<Key<?>> keys() {
        return PolicyKeys.ALL;
    }
}
