package io.millrace.policy.parameters;

import org.jspecify.annotations.Nullable;

/**
 * Reads a replica without allocating: one reader a thread, kept for as long as the thread serves.
 *
 * <pre>{@code
 * Parameters theta = reader.open();
 * try {
 *     policy.generate(theta, context, sampling, random, out);
 * } finally {
 *     reader.close();
 * }
 * }</pre>
 */
public final class ParameterReader implements AutoCloseable {

    private final ParameterReplica replica;
    private final int stripe;
    private ParameterStore.@Nullable View view;

    ParameterReader(ParameterReplica replica, int stripe) {
        this.replica = replica;
        this.stripe = stripe;
    }

    /**
     * θ as it is now; it does not change until {@link #close}, and must not be used after it.
     *
     * @throws IllegalStateException when the replica is not ready, or this reader is open already
     */
    public Parameters open() {
        if (view != null) {
            throw new IllegalStateException("parameters opened: expected a closed reader, found an open one (policy '"
                    + replica.policy() + "'); close it first");
        }
        ParameterStore.View entered = replica.enter(stripe);
        view = entered;
        return entered.parameters();
    }

    /** Lets go of what was opened; no effect on a closed reader. */
    @Override
    public void close() {
        ParameterStore.View entered = view;
        if (entered != null) {
            view = null;
            replica.leave(entered, stripe);
        }
    }
}
