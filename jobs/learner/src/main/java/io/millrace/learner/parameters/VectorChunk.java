package io.millrace.learner.parameters;

/** A piece of a parameter vector in keyed state. Nobody writes to it once made, so state may share it. */
public record VectorChunk(float[] values) {}
