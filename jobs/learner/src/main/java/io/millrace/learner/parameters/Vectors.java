package io.millrace.learner.parameters;

import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.ParameterLayout;
import java.util.Arrays;

/**
 * The vectors of a policy's learning state, all of θ's length: θ, the pending step with the residual of quantisation, and
 * the optimizer's moments.
 */
final class Vectors {

    /** Reads or writes one chunk of one vector. */
    interface ChunkStore<E extends Exception> {
        void accept(int vector, int chunk, float[] values) throws E;
    }

    private static final int THETA = 0;
    private static final int PENDING = 1;
    private static final int FIRST_MOMENT = 2;

    private final float[] theta;
    private final GradientAccumulator pending;
    private final float[][] moments;
    private final DirtyChunks chunks;

    Vectors(ParameterLayout layout, int moments) {
        this.theta = new float[layout.size()];
        this.pending = new GradientAccumulator(layout);
        this.moments = new float[moments][layout.size()];
        this.chunks = new DirtyChunks(layout.size(), layout.rowWidth());
    }

    float[] theta() {
        return theta;
    }

    /** Steps not yet published; between publications its untouched values are the residual. */
    GradientAccumulator pending() {
        return pending;
    }

    float[][] moments() {
        return moments;
    }

    DirtyChunks chunks() {
        return chunks;
    }

    int count() {
        return FIRST_MOMENT + moments.length;
    }

    /**
     * Marks what publishing the pending step will change beyond what learning it has marked: once most rows are touched, a
     * delta is dense and takes every row's residual along.
     */
    void markPending() {
        if (2L * pending.touchedRows() >= pending.layout().rows()) {
            chunks.markAll();
        }
    }

    /** Forgets what has not been published, and what quantisation left. */
    void clearPending() {
        pending.clear();
        Arrays.fill(pending.values(), 0f);
        chunks.markAll();
    }

    void clearMoments() {
        for (float[] moment : moments) {
            Arrays.fill(moment, 0f);
        }
        chunks.markAll();
    }

    /** Hands out copies of all chunks that have changed since the last call. */
    <E extends Exception> void writeDirty(ChunkStore<E> store) throws E {
        for (int chunk = chunks.dirty().nextSetBit(0);
                chunk >= 0;
                chunk = chunks.dirty().nextSetBit(chunk + 1)) {
            for (int vector = 0; vector < count(); vector++) {
                store.accept(
                        vector, chunk, Arrays.copyOfRange(vector(vector), DirtyChunks.from(chunk), chunks.to(chunk)));
            }
        }
        chunks.dirty().clear();
    }

    void read(int vector, int chunk, float[] values) {
        System.arraycopy(values, 0, vector(vector), DirtyChunks.from(chunk), values.length);
    }

    private float[] vector(int index) {
        return switch (index) {
            case THETA -> theta;
            case PENDING -> pending.values();
            default -> moments[index - FIRST_MOMENT];
        };
    }
}
