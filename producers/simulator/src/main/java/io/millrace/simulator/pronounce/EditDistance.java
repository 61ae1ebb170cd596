package io.millrace.simulator.pronounce;

import java.util.List;

/**
 * Levenshtein distance by bit-parallel dynamic programming: a column of the matrix is two words of bits, its vertical
 * differences +1 and −1. Allocates nothing and needs no rows to be kept.
 *
 * <p>G. Myers, A fast bit-vector algorithm for approximate string matching, J. ACM 46(3), 1999; in the form of H. Hyyrö,
 * A bit-vector algorithm for computing Levenshtein and Damerau edit distances, Nordic J. of Computing 10, 2003, figure 5.
 */
final class EditDistance {

    /** Longest reference: its positions are the bits of one word. */
    static final int MAX_REFERENCE = Long.SIZE;

    private EditDistance() {}

    /**
     * Fewest insertions, deletions and substitutions that turn {@code output} into {@code reference}.
     *
     * @param reference of 1 to {@value #MAX_REFERENCE} tokens
     * @param output of any length
     */
    static int between(List<String> reference, List<String> output) {
        int length = reference.size();
        if (length == 0 || length > MAX_REFERENCE) {
            throw new IllegalArgumentException(
                    "reference: expected 1 to " + MAX_REFERENCE + " tokens, found " + length);
        }
        long lastRow = 1L << (length - 1);
        long plus = -1L;
        long minus = 0L;
        int distance = length;
        for (int column = 0; column < output.size(); column++) {
            long match = matches(reference, output.get(column));
            long diagonalZero = (((match & plus) + plus) ^ plus) | match | minus;
            long horizontalPlus = minus | ~(diagonalZero | plus);
            long horizontalMinus = plus & diagonalZero;
            if ((horizontalPlus & lastRow) != 0) {
                distance++;
            } else if ((horizontalMinus & lastRow) != 0) {
                distance--;
            }
            // The first row grows by one a column: its horizontal difference is always +1.
            horizontalPlus = (horizontalPlus << 1) | 1;
            horizontalMinus <<= 1;
            plus = horizontalMinus | ~(diagonalZero | horizontalPlus);
            minus = horizontalPlus & diagonalZero;
        }
        return distance;
    }

    /** The positions of {@code reference} that hold {@code token}, as bits. */
    private static long matches(List<String> reference, String token) {
        long bits = 0;
        for (int row = 0; row < reference.size(); row++) {
            if (reference.get(row).equals(token)) {
                bits |= 1L << row;
            }
        }
        return bits;
    }
}
