package io.millrace.policy;

/** Input that cannot be used; the message says what was expected, what was found and, where it helps, how to mend it. */
public class InvalidInputException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public InvalidInputException(String message) {
        super(message);
    }
}
