package io.millrace.policy;

/** An action that the policy cannot have taken: outside its vocabulary, or no index of a candidate. */
public final class UnknownActionException extends InvalidInputException {

    private static final long serialVersionUID = 1L;

    public UnknownActionException(String message) {
        super(message);
    }
}
