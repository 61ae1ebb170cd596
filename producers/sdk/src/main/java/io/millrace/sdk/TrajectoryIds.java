package io.millrace.sdk;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Identifiers of trajectories: 96 random bits in 16 characters that need no escaping in a URL.
 *
 * <p>Unique, not secret: a fast generator for each thread, with 256 bits of seed from the system's secure one. They do not
 * follow the seed of the outputs, so that a repeated run does not repeat its identifiers.
 */
final class TrajectoryIds {

    private static final int BYTES = 12;

    private static final int SEED_BYTES = 32;

    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecureRandom seeds = new SecureRandom();
    private final ThreadLocal<RandomGenerator> randoms = ThreadLocal.withInitial(this::seeded);

    private RandomGenerator seeded() {
        byte[] seed = new byte[SEED_BYTES];
        seeds.nextBytes(seed);
        return GENERATORS.create(seed);
    }

    String next() {
        byte[] bytes = new byte[BYTES];
        randoms.get().nextBytes(bytes);
        return ENCODER.encodeToString(bytes);
    }
}
