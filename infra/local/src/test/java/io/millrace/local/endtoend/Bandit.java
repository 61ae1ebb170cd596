package io.millrace.local.endtoend;

import io.millrace.local.admin.PolicyFile;
import io.millrace.policy.spec.PolicyDefinition;

/** Small policies for the bandit world, with a ledger and short intervals. */
final class Bandit {

    private static final String FILE = """
            policy: %1$s
            kind: choice
            seed: 7
            model: { hash-bits: %2$d, exploration: 0.02 }
            estimator: { algorithm: reinforce, baseline: ema, ema-rate: 0.01, importance-clip: 2.0, entropy: 0.002 }
            optimizer: { kind: %6$s, learning-rate: %3$s }
            batch: { trajectories: 64, max-age: 5ms }
            join:
              completion: first-reward
              reward-window: %4$s
              early-reward: %4$s
              default-reward: skip
              metrics: { score: { aggregation: mean, weight: 1.0 } }
              clip: [0, 1]
            publish: { min-interval: 10ms, snapshot-every: 1s, ledger: true }
            guards:
              { gradient-norm: 10.0, max-kl: unlimited, max-staleness: 100000, reward-drop: %5$s, reward-drop-window: 50 }
            """;

    private static final int HASH_BITS = 12;
    private static final double LEARNING_RATE = 0.5;
    private static final String UNGUARDED = "unlimited";
    private static final String LONG_WINDOW = "2m";

    private Bandit() {}

    /** A policy whose users may take their time. */
    static PolicyDefinition named(String policy) {
        return file(policy, HASH_BITS, LEARNING_RATE, LONG_WINDOW);
    }

    /** The same model, learned at another rate. */
    static PolicyDefinition learningAt(String policy, double rate) {
        return file(policy, HASH_BITS, rate, LONG_WINDOW);
    }

    /** A policy whose optimizer has moments. */
    static PolicyDefinition adaptive(String policy) {
        return file(policy, HASH_BITS, 0.02, LONG_WINDOW, UNGUARDED, "adam");
    }

    /** The same policy, held near one of its versions. */
    static PolicyDefinition near(String policy, long version) {
        String text = FILE.formatted(policy, HASH_BITS, LEARNING_RATE, LONG_WINDOW, UNGUARDED, "sgd");
        return PolicyFile.parse(text.replace(
                "entropy: 0.002",
                "entropy: 0.002, kl: { coefficient: 0.01, reference: snapshot, snapshot-version: " + version + " }"));
    }

    /** Another model under the same name. */
    static PolicyDefinition otherModel(String policy) {
        return file(policy, HASH_BITS - 1, LEARNING_RATE, LONG_WINDOW);
    }

    /** A policy that waits for outputs and rewards no longer than a second. */
    static PolicyDefinition impatient(String policy) {
        return file(policy, HASH_BITS, LEARNING_RATE, "1s");
    }

    /** A policy that learns at the end of a window of a second, whether a reward has come or not. */
    static PolicyDefinition atTheWindowsEnd(String policy) {
        return PolicyFile.parse(FILE.formatted(policy, HASH_BITS, LEARNING_RATE, "1s", UNGUARDED, "sgd")
                .replace("completion: first-reward", "completion: window")
                .replace("default-reward: skip", "default-reward: 0"));
    }

    /** A policy that is rolled back when its mean reward falls by more than {@code drop}. */
    static PolicyDefinition guarded(String policy, double drop) {
        return file(policy, HASH_BITS, LEARNING_RATE, LONG_WINDOW, Double.toString(drop));
    }

    private static PolicyDefinition file(String policy, int hashBits, double rate, String window) {
        return file(policy, hashBits, rate, window, UNGUARDED);
    }

    private static PolicyDefinition file(String policy, int hashBits, double rate, String window, String drop) {
        return file(policy, hashBits, rate, window, drop, "sgd");
    }

    private static PolicyDefinition file(
            String policy, int hashBits, double rate, String window, String drop, String optimizer) {
        return PolicyFile.parse(FILE.formatted(policy, hashBits, rate, window, drop, optimizer));
    }
}
