package io.millrace.neural.seq2seq;

/** Queries, keys and values of an attention, or their slopes: the columns of all heads side by side. */
record Triple(Columns q, Columns k, Columns v) {}
