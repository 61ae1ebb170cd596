package io.millrace.local.system;

import io.millrace.sdk.Millrace;
import io.millrace.sdk.PolicyStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Waits for some policies of a replica, while others may have no parameters yet. */
final class Readiness {

    private static final long LOOK_AGAIN_AFTER_NS = 10_000_000;

    private Readiness() {}

    /** False when the time ran out, or the thread was interrupted, before all of them were ready. */
    static boolean await(Millrace millrace, Set<String> policies, Duration timeout) {
        long deadlineNs = System.nanoTime() + timeout.toNanos();
        while (!ready(millrace, policies)) {
            if (System.nanoTime() - deadlineNs > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN_AFTER_NS);
        }
        return true;
    }

    /** One that cannot be followed says so in its status; waiting would not mend it. */
    private static boolean ready(Millrace millrace, Set<String> policies) {
        Map<String, PolicyStatus> known =
                millrace.policies().stream().collect(Collectors.toMap(PolicyStatus::name, Function.identity()));
        return policies.stream().allMatch(name -> {
            PolicyStatus status = known.get(name);
            return status != null && (status.ready() || status.problem().isPresent());
        });
    }
}
