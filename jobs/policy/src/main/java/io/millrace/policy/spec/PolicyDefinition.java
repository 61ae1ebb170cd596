package io.millrace.policy.spec;

/** A policy's file, checked: every field present, every value possible. CONTRACT ONLY (parse, toJson): to be filled in. */
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

    /**
     * Reads the JSON form of a policy's file (the CLI turns YAML into it).
     *
     * @throws PolicySpecException naming the full key of what is missing, unknown or impossible
     */
    public static PolicyDefinition parse(String json) {
        throw new UnsupportedOperationException();
    }
}
