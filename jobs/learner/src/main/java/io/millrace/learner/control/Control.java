package io.millrace.learner.control;

/**
 * Something that every operator instance must hear of: a policy's specification or a chunk of new parameters, encoded.
 *
 * @param key the record's key; empty where it had none
 * @param partition where in its topic the record is, with {@code offset}
 * @param timestampMs milliseconds since the epoch
 */
public record Control(Kind kind, byte[] value, String key, int partition, long offset, long timestampMs) {

    /** What the bytes are. */
    public enum Kind {
        POLICY,
        PARAMETERS
    }

    /** A record that is in no topic. */
    public Control(Kind kind, byte[] value) {
        this(kind, value, "", -1, -1, 0);
    }
}
