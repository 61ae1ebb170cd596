package io.millrace.learner.control;

/**
 * Something that every operator instance must hear of: a policy's specification or a chunk of new parameters, encoded.
 *
 * @param key the record's key; empty where it had none
 * @param partition where in its topic the record is, with {@code offset}
 * @param timestampMs milliseconds since the epoch
 * @param learner id of the learner job that wrote it; empty where it does not say
 * @param epoch of the parameters; -1 where the record does not say
 */
public record Control(
        Kind kind, byte[] value, String key, int partition, long offset, long timestampMs, String learner, long epoch) {

    /** What the bytes are. */
    public enum Kind {
        POLICY,
        PARAMETERS
    }

    /** A record that is in no topic. */
    public Control(Kind kind, byte[] value) {
        this(kind, value, "", -1, -1, 0, "", -1);
    }
}
