package io.millrace.policy.spec;

/** A policy's file that cannot be followed; the message names the full key, what was expected and what was found. */
public final class PolicySpecException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public PolicySpecException(String message) {
        super(message);
    }
}
