package io.millrace.neural.seq2seq;

/** Some columns of a row-major matrix: element (r, c) lies at {@code values[r · stride + first + c]}. */
record Columns(float[] values, int stride, int first) {

    /** Where row {@code row} begins. */
    int at(int row) {
        return row * stride + first;
    }
}
