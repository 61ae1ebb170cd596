package io.millrace.policy;

/**
 * Sparse features: hashes of their names and their values, of equal length.
 *
 * <p>The hash is the first half of murmur3-128 of the name's UTF-8 bytes, seed 0, so any language can compute it.
 */
public record Features(long[] hashes, float[] values) {

    public Features {
        if (hashes.length != values.length) {
            throw new IllegalArgumentException(
                    "features: expected as many values as hashes (" + hashes.length + "), found " + values.length);
        }
    }

    public int size() {
        return hashes.length;
    }
}
