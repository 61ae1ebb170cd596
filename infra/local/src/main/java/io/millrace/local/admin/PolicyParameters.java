package io.millrace.local.admin;

import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.spec.PolicyDefinition;

/**
 * θ of a policy at a version.
 *
 * @param theta [layout.size()]
 */
public record PolicyParameters(
        PolicyDefinition definition, ParameterLayout layout, long epoch, long version, float[] theta) {}
