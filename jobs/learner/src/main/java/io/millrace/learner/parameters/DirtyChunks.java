package io.millrace.learner.parameters;

import io.millrace.policy.parameters.SparseRows;
import java.util.BitSet;

/** Which pieces of the vectors have changed since they were last written to state. */
final class DirtyChunks {

    /** Floats in a chunk: 64 KiB. Small enough to skip what has not changed, large enough to be few. */
    static final int CHUNK_FLOATS = 16 * 1024;

    private final int size;
    private final int rowWidth;
    private final BitSet dirty = new BitSet();

    DirtyChunks(int size, int rowWidth) {
        this.size = size;
        this.rowWidth = rowWidth;
    }

    int count() {
        return (size + CHUNK_FLOATS - 1) / CHUNK_FLOATS;
    }

    static int from(int chunk) {
        return chunk * CHUNK_FLOATS;
    }

    int to(int chunk) {
        return Math.min(size, (chunk + 1) * CHUNK_FLOATS);
    }

    void markAll() {
        dirty.set(0, count());
    }

    /** Marks the chunks that the rows lie in; a row may reach over a border. */
    void mark(SparseRows rows) {
        for (int i = 0; i < rows.count(); i++) {
            int from = rows.row(i) * rowWidth;
            int first = from / CHUNK_FLOATS;
            dirty.set(first);
            int last = (from + rowWidth - 1) / CHUNK_FLOATS;
            if (last != first) {
                dirty.set(first, last + 1);
            }
        }
    }

    BitSet dirty() {
        return dirty;
    }
}
