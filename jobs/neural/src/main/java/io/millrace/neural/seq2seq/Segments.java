package io.millrace.neural.seq2seq;

import java.util.Arrays;

/**
 * Where each sequence of a block lies among the block's rows. Sequences of unequal length follow one another without
 * padding, so nothing has to be masked and no product is spent on rows that mean nothing.
 */
final class Segments {

    private int[] starts = new int[65];
    private int count;

    void clear() {
        count = 0;
    }

    void add(int length) {
        if (count + 1 == starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[count + 1] = starts[count] + length;
        count++;
    }

    /** Number of sequences. */
    int count() {
        return count;
    }

    /** Number of rows of all sequences. */
    int rows() {
        return starts[count];
    }

    /** First row of a sequence. */
    int start(int sequence) {
        return starts[sequence];
    }

    /** Number of rows of a sequence. */
    int length(int sequence) {
        return starts[sequence + 1] - starts[sequence];
    }
}
