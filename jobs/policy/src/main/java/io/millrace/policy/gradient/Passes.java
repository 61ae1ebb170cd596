package io.millrace.policy.gradient;

import io.millrace.policy.Batch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Batches that are learned from again, once a pass, at parameters that have moved meanwhile: every optimizer step is the
 * occasion for one more pass (Schulman et al. 2017, algorithm 1: K epochs of minibatch steps, whose ratio π/μ and advantages
 * stay those of the policy that generated the batch).
 *
 * <p>Whoever steps θ calls {@link #each} afterwards: the learner's job when an update has reached the worker, a learner in
 * memory at once. One thread.
 */
public final class Passes {

    private record Waiting(Batch batch, int passes) {}

    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** Expects {@code passes} more over a batch that is never written to again. */
    public void add(Batch batch, int passes) {
        if (passes > 0) {
            waiting.add(new Waiting(batch, passes));
        }
    }

    /** θ has moved: one pass over every batch that waits, in the order in which they came. */
    public void each(Consumer<Batch> pass) {
        for (int left = waiting.size(); left > 0; left--) {
            Waiting next = waiting.remove();
            add(next.batch(), next.passes() - 1);
            pass.accept(next.batch());
        }
    }

    /** Whether no batch waits. */
    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Gives up all passes that are left. */
    public void clear() {
        waiting.clear();
    }
}
