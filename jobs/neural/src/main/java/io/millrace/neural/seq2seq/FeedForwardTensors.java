package io.millrace.neural.seq2seq;

/**
 * Weights of a layer that sees each position alone.
 *
 * @param in W₁ [width × hidden]
 * @param out W₂ [hidden × width]
 */
record FeedForwardTensors(Tensor in, Tensor out) {}
