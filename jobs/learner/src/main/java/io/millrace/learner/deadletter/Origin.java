package io.millrace.learner.deadletter;

/** Where a record came from, and what it was. */
public record Origin(String topic, int partition, long offset, long timestamp, String key, byte[] value) {

    /** Of a trajectory that the learner itself gave up, not of one record. */
    public static Origin ofTrajectory(String trajectoryId) {
        return new Origin("", -1, -1, 0, trajectoryId, new byte[0]);
    }

    /** Of something that the learner itself did to a policy. */
    public static Origin ofPolicy(String policy) {
        return new Origin("", -1, -1, 0, policy, new byte[0]);
    }
}
