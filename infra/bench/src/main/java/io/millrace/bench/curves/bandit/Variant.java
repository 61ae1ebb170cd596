package io.millrace.bench.curves.bandit;

import io.millrace.bench.report.Requirement;
import io.millrace.policy.spec.PolicyDefinition;

/**
 * One curve of figure 2.5.
 *
 * @param name in camel case, as its measure is called
 * @param title as the picture calls it
 * @param published share of optimal actions near step 1,000, read off the figure
 * @param bar for what is measured of it
 */
record Variant(String name, String title, String baseline, double stepSize, double published, Requirement bar) {

    /** The gradient bandit of section 2.8 as a policy's file: a preference for each arm, one step a reward. */
    PolicyDefinition definition() {
        return PolicyDefinition.parse("""
                {"policy": "gradient-bandit", "kind": "choice", "seed": 1,
                 "model": {"hash-bits": 12},
                 "estimator": {"algorithm": "reinforce", "baseline": "%s", "importance-clip": 0},
                 "optimizer": {"kind": "sgd", "learning-rate": %s},
                 "batch": {"trajectories": 1}, "guards": {"gradient-norm": "unlimited"}}
                """.formatted(baseline, stepSize));
    }
}
