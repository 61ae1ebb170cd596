package io.millrace.local.admin;

import java.util.List;

/** No policy of that name. */
public final class NoSuchPolicyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    NoSuchPolicyException(String policy, List<String> known) {
        super("policy: expected one of " + known + ", found '" + policy + "'; create it with 'millrace policy apply'");
    }
}
