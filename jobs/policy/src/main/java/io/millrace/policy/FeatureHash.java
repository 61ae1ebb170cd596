package io.millrace.policy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Hash of a feature's name: the first 64 bits of MurmurHash3 x64 128, seed 0, of the name's UTF-8 bytes.
 *
 * <p>Public domain algorithm of Austin Appleby; a client in any language finds it in its libraries. Equal names have equal
 * hashes for ever: learned weights lie at the rows that the hashes lead to.
 */
public final class FeatureHash {

    private static final VarHandle LITTLE_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private static final int BLOCK_BYTES = 16;

    private FeatureHash() {}

    /** The hash of {@code name}. */
    public static long of(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        long h1 = 0;
        long h2 = 0;
        int tail = bytes.length & -BLOCK_BYTES;
        for (int at = 0; at < tail; at += BLOCK_BYTES) {
            h1 ^= mixFirst((long) LITTLE_ENDIAN_LONG.get(bytes, at));
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= mixSecond((long) LITTLE_ENDIAN_LONG.get(bytes, at + Long.BYTES));
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }
        h1 ^= mixFirst(tailWord(bytes, tail));
        h2 ^= mixSecond(tailWord(bytes, tail + Long.BYTES));
        h1 ^= bytes.length;
        h2 ^= bytes.length;
        h1 += h2;
        h2 += h1;
        return avalanche(h1) + avalanche(h2);
    }

    private static long mixFirst(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mixSecond(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    /** Up to eight bytes from {@code from}, little-endian, zeros after the end. */
    private static long tailWord(byte[] bytes, int from) {
        long word = 0;
        int end = Math.min(bytes.length, from + Long.BYTES);
        for (int i = end - 1; i >= from; i--) {
            word = (word << 8) | (bytes[i] & 0xff);
        }
        return word;
    }

    private static long avalanche(long h) {
        long k = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        k = (k ^ (k >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return k ^ (k >>> 33);
    }
}
