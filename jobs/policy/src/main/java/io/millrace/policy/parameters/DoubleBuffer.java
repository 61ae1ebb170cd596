package io.millrace.policy.parameters;

import java.util.Optional;

/**
 * Two copies of θ, after the left-right technique (Ramalhete &amp; Correia 2015, "Left-Right: A Concurrency Control
 * Technique with Wait-Free Population Oblivious Reads"): readers read the published copy while the writer changes the
 * spare one, publishes it, and takes the other for its spare, once its readers have left. So each delta is added twice,
 * which costs what it touches, where a copy would cost all of θ.
 *
 * <p>A reader (1) takes the published view, (2) counts itself into that view's copy, (3) checks that the view is still
 * published. If so it reads, and counts itself out at the end; if not, it counts itself out and begins anew. It never
 * waits for the writer: it only repeats when another update was published in the few instructions between (1) and (3).
 *
 * <p>No reader ever sees a copy change. All steps on counts and on {@link #published} are volatile and so have one total
 * order. Say the writer changes copy C. Before, it published a view of another copy (a), and after that it found the counts of
 * C at zero (b). A reader of C that passed its check (3) did so before (a), for after (a) no view of C is published until
 * the writer publishes a new one, and a view is a new object each time, so an old one cannot be mistaken for it. Its
 * counting in (2) came before (3), thus before (b). So at (b) the writer either saw it inside and did not touch C, or it had
 * counted itself out, and all it read happened before the change. A reader that counts itself into C later fails its
 * check, and reads nothing.
 *
 * <p>A reader that stays inside must not hold up the updates: where the spare's readers do not leave at once, the writer
 * leaves that copy to them, and to the garbage collector, and goes on with a fresh one.
 */
final class DoubleBuffer implements ParameterStore {

    /** Readers stay for microseconds, so this is ample for one that is just leaving, and nothing for one that stays. */
    private static final int PATIENCE_SPINS = 1_000;

    /** A copy of θ and its readers. */
    private record Copy(float[] values, ReaderCount readers) {}

    private final int size;

    /** Writer only. */
    private Copy front;

    /** Writer only: the copy that was published before; it lacks {@link #missing}, or all when that is empty. */
    private Copy back;

    private Optional<DeltaPayload> missing = Optional.empty();

    private volatile View published;

    DoubleBuffer(ParameterLayout layout) {
        this.size = layout.size();
        this.front = emptyCopy();
        this.back = emptyCopy();
        this.published = new View(new Parameters(front.values(), 0, 0), front.readers());
    }

    @Override
    public void replace(SnapshotPayload snapshot, long epoch, long version) {
        Copy spare = backIsFree() ? back : emptyCopy();
        snapshot.copyTo(spare.values());
        publish(spare, epoch, version);
        missing = Optional.empty();
    }

    @Override
    public void add(DeltaPayload delta, long epoch, long version) {
        Copy spare = upToDateSpare();
        delta.addTo(spare.values());
        publish(spare, epoch, version);
        missing = Optional.of(delta);
    }

    private Copy upToDateSpare() {
        if (!backIsFree()) {
            return new Copy(front.values().clone(), new ReaderCount());
        }
        missing.ifPresentOrElse(
                delta -> delta.addTo(back.values()), () -> System.arraycopy(front.values(), 0, back.values(), 0, size));
        return back;
    }

    private boolean backIsFree() {
        for (int spin = 0; spin < PATIENCE_SPINS; spin++) {
            if (back.readers().isEmpty()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private void publish(Copy spare, long epoch, long version) {
        back = front;
        front = spare;
        published = new View(new Parameters(spare.values(), epoch, version), spare.readers());
    }

    @Override
    public float[] newest() {
        return front.values();
    }

    @Override
    public View enter(int stripe) {
        while (true) {
            View view = published;
            view.readers().enter(stripe);
            if (view == published) {
                return view;
            }
            view.readers().leave(stripe);
        }
    }

    @Override
    public void leave(View view, int stripe) {
        view.readers().leave(stripe);
    }

    private Copy emptyCopy() {
        return new Copy(new float[size], new ReaderCount());
    }
}
