package io.millrace.sdk;

/** No policy of that name is served here. */
public final class UnknownPolicyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public UnknownPolicyException(String message) {
        super(message);
    }
}
