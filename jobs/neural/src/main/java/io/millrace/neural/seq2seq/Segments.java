package io.millrace.neural.seq2seq;

import java.util.Arrays;

/**
 * Where each sequence of a block lies among the block's rows. Sequences of unequal length follow one another without
 * padding, so nothing has to be masked and no product is spent on rows that mean nothing. Several may share their rows.
 */
final class Segments {

    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int count;

    void clear() {
        count = 0;
    }

    /** A sequence that follows the last one. */
    void add(int length) {
        add(rows(), length);
    }

    /** A sequence of the same rows as the last one. */
    void repeat() {
        add(start(count - 1), length(count - 1));
    }

    private void add(int start, int length) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        starts[count] = start;
        ends[count++] = start + length;
    }

    /** Number of sequences. */
    int count() {
        return count;
    }

    /** Number of rows of all sequences. */
    int rows() {
        return count == 0 ? 0 : ends[count - 1];
    }

    /** First row of a sequence. */
    int start(int sequence) {
        return starts[sequence];
    }

    /** Number of rows of a sequence. */
    int length(int sequence) {
        return ends[sequence] - starts[sequence];
    }
}
