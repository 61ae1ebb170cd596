package io.millrace.learner;

/**
 * The uid of every operator, in one place: they tie state to operators across releases, so none ever changes and none is
 * ever used twice.
 */
final class OperatorIds {

    static final String GENERATIONS_SOURCE = "generations-source";
    static final String REWARDS_SOURCE = "rewards-source";
    static final String POLICIES_SOURCE = "policies-source";
    static final String PARAMETERS_SOURCE = "parameters-source";
    static final String POLICY_SPECS = "policy-specs";
    static final String LEARNER_FENCE = "learner-fence";
    static final String TRAJECTORY_JOIN = "trajectory-join";
    static final String ADVANTAGE = "advantage";
    static final String GRADIENT_WORKER = "gradient-worker";
    static final String PARAMETER_SERVER = "parameter-server";
    static final String PARAMETERS_SINK = "parameters-sink";
    static final String SNAPSHOTS_SINK = "snapshots-sink";
    static final String DEAD_LETTERS_SINK = "dead-letters-sink";

    private OperatorIds() {}
}
