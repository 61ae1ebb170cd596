/** The encoder and decoder that {@code seq2seq} might have been: gated recurrent units, measured against attention only. */
@NullMarked
package io.millrace.bench.curves.gru;

import org.jspecify.annotations.NullMarked;
