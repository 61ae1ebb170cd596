package io.millrace.sdk;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Generates from policies that reload while they serve, logs what was generated, sends feedback. CONTRACT ONLY. */
public final class Millrace implements AutoCloseable {

    private Millrace() {}

    /** Connects; returns at once, see {@link #awaitReady}. */
    public static Millrace open(MillraceConfig config) {
        throw new UnsupportedOperationException();
    }

    /**
     * Generates an output and logs it.
     *
     * @return completes once Kafka has the log of it; fails with {@link UnavailableException} when it can't
     * @throws InvalidRequestException when the request does not fit the policy
     * @throws UnknownPolicyException when there is no such policy
     * @throws UnavailableException when no parameters have arrived yet, or too much waits for Kafka
     */
    public CompletableFuture<Output> generate(GenerationRequest request) {
        throw new UnsupportedOperationException();
    }

    /** Generates an output that is not logged and cannot be rewarded: for measuring and for looking. */
    public Output preview(GenerationRequest request) {
        throw new UnsupportedOperationException();
    }

    /** Sends feedback; completes once Kafka has it. */
    public CompletableFuture<Void> feedback(Feedback feedback) {
        throw new UnsupportedOperationException();
    }

    /** The policies known here, by name. */
    public List<PolicyStatus> policies() {
        throw new UnsupportedOperationException();
    }

    /** Waits until every named policy has parameters. */
    public boolean awaitReady(java.time.Duration timeout) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** The update-lag chain of every replica that reports, this one included. */
    public LagReport lag() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
