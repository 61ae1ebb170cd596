package io.millrace.policy.parameters;

/** A payload that does not hold what it should; the message says what was expected and what was found. */
final class CorruptPayloadException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String problem;

    CorruptPayloadException(String problem) {
        super(problem);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
