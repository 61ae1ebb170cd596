package io.millrace.learner.parameters;

import io.millrace.learner.gradient.PartialGradient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gradients of policies that the server does not host yet.
 *
 * <p>A worker of a job without state knows θ from what an earlier job published, and may learn before the specification has
 * reached the server. So few are kept of a policy that a specification which never comes, or is refused, costs little memory.
 */
final class EarlyGradients {

    /** The longest wait is that of a Kafka fetch, which a worker fills with some tens of batches. */
    static final int MOST_OF_A_POLICY = 64;

    private final Map<String, List<PartialGradient>> held = new HashMap<>();

    /** Whether there was room for it. */
    boolean hold(PartialGradient gradient) {
        List<PartialGradient> ofPolicy = held.computeIfAbsent(gradient.policy(), policy -> new ArrayList<>());
        return ofPolicy.size() < MOST_OF_A_POLICY && ofPolicy.add(gradient);
    }

    /** Those of a policy, oldest first; they are held no longer. */
    List<PartialGradient> release(String policy) {
        List<PartialGradient> ofPolicy = held.remove(policy);
        return ofPolicy == null ? List.of() : ofPolicy;
    }

    Map<String, List<PartialGradient>> all() {
        return held;
    }
}
