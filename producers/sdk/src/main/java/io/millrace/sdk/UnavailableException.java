package io.millrace.sdk;

/** The request is good but cannot be answered now: Kafka is away, or no parameters have arrived. Try again later. */
public final class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
        super(message);
    }

    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
