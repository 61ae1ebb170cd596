package io.millrace.bench.curves.staleness;

import io.millrace.policy.spec.PolicyDefinition;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What PPO's clip keeps the policy near. */
enum Objective {
    /** The behaviour policy, however old it is (Schulman et al. 2017). */
    NAIVE("behaviour", 23.3),
    /** A policy one version old, with π_p/μ as a weight (Hilton, Cobbe and Schulman 2022), interpolated (arXiv 2512.06547). */
    DECOUPLED("interpolated", 42.2);

    /** Trajectories of a version. */
    static final int BATCH = 64;

    private final String proximal;
    private final double publishedAt4;

    Objective(String proximal, double publishedAt4) {
        this.proximal = proximal;
        this.publishedAt4 = publishedAt4;
    }

    /** The score of AReaL's table 2, AIME24, at a staleness of 4. */
    double publishedAt4() {
        return publishedAt4;
    }

    /** As measures are called. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The same for both but for what is clipped about. Of the learning rates 0.02, 0.05, 0.1 and 0.2, this one ended best
     * at lag 0, on other seeds than the suite's.
     */
    PolicyDefinition definition() {
        return PolicyDefinition.parse("""
                {"policy": "staleness", "kind": "transducer", "seed": 1,
                 "model": {"input": [%s], "emissions": [%s], "window": 1, "history": 0, "hash-bits": 10},
                 "estimator": {"algorithm": "ppo", "baseline": "ema", "importance-level": "token",
                               "importance-clip": 2, "clip": {"low": 0.2, "high": 0.2, "proximal": "%s"}},
                 "optimizer": {"kind": "adam", "learning-rate": 0.1},
                 "batch": {"trajectories": %d}, "guards": {"gradient-norm": "unlimited"}}
                """.formatted(list(Cipher::letter), list(Cipher::sign), proximal, BATCH));
    }

    private static String list(IntFunction<String> names) {
        return IntStream.range(0, Cipher.LETTERS)
                .mapToObj(i -> '"' + names.apply(i) + '"')
                .collect(Collectors.joining(", "));
    }
}
