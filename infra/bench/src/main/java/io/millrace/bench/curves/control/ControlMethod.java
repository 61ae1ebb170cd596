package io.millrace.bench.curves.control;

import io.millrace.policy.spec.PolicyDefinition;

/**
 * A way of learning a task.
 *
 * @param name in camel case, as its measures are called
 * @param title as the picture calls it
 * @param definition of the policy; each run sets its own seed
 * @param published mean return of the same in a published table
 */
record ControlMethod(
        String name, String title, PolicyDefinition definition, Rollouts rollouts, double published, String source) {}
