package io.millrace.policy.spec;

/** A policy's file that cannot be followed; the message names the full key, what was expected and what was found. */
public final class PolicySpecException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String remedy;

    public PolicySpecException(String message) {
        this(message, message, "");
    }

    private PolicySpecException(String message, String problem, String remedy) {
        super(message);
        this.problem = problem;
        this.remedy = remedy;
    }

    /** {@code key: expected X, found Y; remedy}. */
    public static PolicySpecException of(String key, String expected, String found, String remedy) {
        String problem = key + ": expected " + expected + ", found " + found;
        return new PolicySpecException(problem + "; " + remedy, problem, remedy);
    }

    /** The same, with the policy whose file it is: {@code key: expected X, found Y (policy 'p'); remedy}. */
    public PolicySpecException inPolicy(String policy) {
        String named = problem + " (policy '" + policy + "')";
        var exception = new PolicySpecException(remedy.isEmpty() ? named : named + "; " + remedy, named, remedy);
        exception.setStackTrace(getStackTrace());
        return exception;
    }
}
