/** Free generation of token sequences: an encoder and a decoder with attention. */
@NullMarked
package io.millrace.neural.seq2seq;

import org.jspecify.annotations.NullMarked;
