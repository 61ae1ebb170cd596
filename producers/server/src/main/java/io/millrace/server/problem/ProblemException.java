package io.millrace.server.problem;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** {@code sentence}: {@code what: expected X, found Y; remedy}. */
    public ProblemException(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    public ProblemException(int status, String sentence, Throwable cause) {
        super(sentence, cause);
        this.status = status;
    }

    public Problem problem() {
        return Problem.of(status, String.valueOf(getMessage()));
    }
}
