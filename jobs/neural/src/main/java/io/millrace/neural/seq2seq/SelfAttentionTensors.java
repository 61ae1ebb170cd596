package io.millrace.neural.seq2seq;

/**
 * Weights of an attention within a sequence.
 *
 * @param in [Wq Wk Wv], [width × 3 width]
 * @param out Wo [width × width]
 * @param bias of distances [heads × DISTANCES]
 */
record SelfAttentionTensors(Tensor in, Tensor out, Tensor bias) {}
