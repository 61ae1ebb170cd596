package io.millrace.policy.parameters;

/**
 * θ at one version, as a reader sees it. The array is shared and must not be written to by readers; it stays what it is
 * for as long as the reader's lease lasts, see {@link ParameterReplica#read}.
 */
public record Parameters(float[] values, long epoch, long version) {}
