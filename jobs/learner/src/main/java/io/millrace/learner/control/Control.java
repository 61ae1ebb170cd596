package io.millrace.learner.control;

/** Something that every operator instance must hear of: a policy's specification or a chunk of new parameters, encoded. */
public record Control(Kind kind, byte[] value) {

    /** What the bytes are. */
    public enum Kind {
        POLICY,
        PARAMETERS
    }
}
