package io.millrace.bench.curves.control;

import io.millrace.bench.learner.Definitions;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.sdk.Output;
import java.util.List;

/**
 * A method's policy as the pipeline learns it, for one seed: a step for each round's trajectories, one an environment.
 *
 * @param actions names of the environment's actions, by their numbers
 */
record ControlPolicy(PolicyDefinition definition, List<String> actions) {

    static ControlPolicy of(ControlMethod method, List<String> actions, int run, long seed) {
        PolicyDefinition named = Definitions.with(method.definition(), "policy", method.name() + "-" + run);
        PolicyDefinition seeded = Definitions.with(named, "seed", seed);
        PolicyDefinition whole =
                Definitions.with(seeded, "batch.trajectories", method.rollouts().environments());
        // Only what a checkpoint has left of a round is ever that old.
        PolicyDefinition aged = Definitions.with(whole, "batch.max-age", "1s");
        PolicyDefinition brief = Definitions.with(aged, "join.reward-window", "60s");
        return new ControlPolicy(Definitions.servedAsInMemory(brief), actions);
    }

    String name() {
        return definition.policy();
    }

    int passes() {
        return definition.estimator().passes();
    }

    int action(Output output) {
        return actions.indexOf(output.output().get(0));
    }
}
