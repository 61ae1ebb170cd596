package io.millrace.schemas.wire;

/** Bytes that are no record of the contract; says whether the bytes or only their schema is unknown. */
public final class UndecodableException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why the bytes could not be decoded. */
    public enum Cause {
        /** Not Avro single-object encoding, cut short, or of another record. */
        NOT_A_RECORD,
        /** Single-object encoding with a schema fingerprint that this reader has no schema for. */
        UNKNOWN_SCHEMA
    }

    private final Cause reason;

    public UndecodableException(Cause reason, String message) {
        super(message);
        this.reason = reason;
    }

    public UndecodableException(Cause reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Cause reason() {
        return reason;
    }
}
