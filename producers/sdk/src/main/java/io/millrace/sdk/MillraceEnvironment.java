package io.millrace.sdk;

import io.millrace.sdk.kafka.KafkaClients;
import io.millrace.sdk.replica.UpdateListener;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a {@link Millrace} takes from outside: Kafka's clients, the time, randomness, and who is told of updates.
 *
 * @param randoms makes a source of randomness for each thread that generates; called by those threads
 * @param listener told of every update of the policies served
 */
public record MillraceEnvironment(
        KafkaClients clients, InstantSource clock, Supplier<RandomGenerator> randoms, UpdateListener listener) {

    /** Kafka's own clients, the system's clock, fresh randomness, and nobody told. */
    public static MillraceEnvironment standard() {
        return new MillraceEnvironment(
                KafkaClients.standard(), Clock.systemUTC(), seeded(new SecureRandom().nextLong()), UpdateListener.NONE);
    }

    public MillraceEnvironment withClients(KafkaClients other) {
        return new MillraceEnvironment(other, clock, randoms, listener);
    }

    public MillraceEnvironment withClock(InstantSource other) {
        return new MillraceEnvironment(clients, other, randoms, listener);
    }

    /** Draws outputs from this seed: repeatable as far as the threads' order is. */
    public MillraceEnvironment withSeed(long seed) {
        return new MillraceEnvironment(clients, clock, seeded(seed), listener);
    }

    public MillraceEnvironment withListener(UpdateListener other) {
        return new MillraceEnvironment(clients, clock, randoms, other);
    }

    private static Supplier<RandomGenerator> seeded(long seed) {
        var root = new SplittableRandom(seed);
        return () -> {
            synchronized (root) {
                return root.split();
            }
        };
    }
}
