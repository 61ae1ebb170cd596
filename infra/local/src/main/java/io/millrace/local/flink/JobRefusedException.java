package io.millrace.local.flink;

/** The cluster would not run the job; the message says why and what to do. */
public final class JobRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JobRefusedException(String message) {
        super(message);
    }

    JobRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
