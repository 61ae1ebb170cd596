package io.millrace.neural.seq2seq;

/**
 * Weights of an attention from the output to the input.
 *
 * @param query Wq [width × width]
 * @param memory [Wk Wv], [width × 2 width]
 * @param out Wo [width × width]
 * @param bias of distances [heads × DISTANCES]
 */
record CrossAttentionTensors(Tensor query, Tensor memory, Tensor out, Tensor bias) {}
