package io.millrace.policy.parameters;

/** Where a replica keeps θ: how it is changed by the one writer, and how readers get at it. */
sealed interface ParameterStore permits SingleCopy, DoubleBuffer {

    /** Writer: θ becomes the snapshot. */
    void replace(SnapshotPayload snapshot, long epoch, long version);

    /**
     * Writer: θ += delta, after a snapshot.
     *
     * <p>The store may add the delta a second time within the next call: until that call has returned, the caller must
     * leave the delta as it is.
     */
    void add(DeltaPayload delta, long epoch, long version);

    /** Writer: the newest θ, to look at. */
    float[] newest();

    /**
     * Any reader that is allowed in: a view that does not change until {@link #leave}.
     *
     * @param stripe any number, the same for both calls; readers of different numbers disturb each other less
     */
    View enter(int stripe);

    void leave(View view, int stripe);

    /** θ as a reader has it, and where it is counted that the reader has it. No two are equal: not a record. */
    final class View {
        private final Parameters parameters;
        private final ReaderCount readers;

        View(Parameters parameters, ReaderCount readers) {
            this.parameters = parameters;
            this.readers = readers;
        }

        Parameters parameters() {
            return parameters;
        }

        ReaderCount readers() {
            return readers;
        }
    }
}
