package io.millrace.learner.gradient;

import io.millrace.policy.Batch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Batches that are learned from again, once a pass, at parameters that have moved meanwhile: each update of θ is the occasion
 * (Schulman et al. 2017, algorithm 1, whose K epochs step between passes too).
 *
 * <p>Not in state: a checkpoint ends the passes of the batches before it. Their trajectories have been learned from once.
 */
final class FurtherPasses {

    private record Waiting(Batch batch, int passes) {}

    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** Expects {@code passes} more over a batch that is never written to again. */
    void add(Batch batch, int passes) {
        if (passes > 0) {
            waiting.add(new Waiting(batch, passes));
        }
    }

    /** θ has moved: one pass over every batch that waits. */
    void each(Consumer<Batch> pass) {
        for (int left = waiting.size(); left > 0; left--) {
            Waiting next = waiting.remove();
            add(next.batch(), next.passes() - 1);
            pass.accept(next.batch());
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void clear() {
        waiting.clear();
    }
}
