package io.millrace.sdk.lag;

import java.util.Optional;

/** One policy at one replica; as text, the key of the replicas topic. Ordered by policy, then replica. */
public record ReplicaKey(String policy, String replica) implements Comparable<ReplicaKey> {

    /** The key of the replicas topic. */
    public static String of(String replica, String policy) {
        return replica + "/" + policy;
    }

    /** What {@link #of} made; empty: it did not make this. Names of replicas hold no slash. */
    public static Optional<ReplicaKey> parse(String key) {
        int slash = key.indexOf('/');
        return slash < 1 || slash == key.length() - 1
                ? Optional.empty()
                : Optional.of(new ReplicaKey(key.substring(slash + 1), key.substring(0, slash)));
    }

    @Override
    public int compareTo(ReplicaKey other) {
        int byPolicy = policy.compareTo(other.policy);
        return byPolicy != 0 ? byPolicy : replica.compareTo(other.replica);
    }
}
