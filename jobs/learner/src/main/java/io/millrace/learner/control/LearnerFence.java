package io.millrace.learner.control;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Ends this job for good once another learner job has taken one of its policies over: two that write the same policy would
 * each learn a part of what people say, and replicas would jump between two θ.
 *
 * <p>The newest wins: it went on from what the older one published and opened a higher epoch, which every replica follows
 * from then on. The older one sees that here, in the parameter topic that its own updates come back by. A policy's updates
 * are in one partition, so what comes after an update of one's own was published after it.
 *
 * <p>Not a reason to end: a higher epoch of one's own, which commands and restores open, also of an attempt of the same job
 * that lives on unseen; and whatever stands before one's own first update, which a restored job reads again.
 */
public final class LearnerFence extends ProcessFunction<Control, Control> {

    private static final long serialVersionUID = 1L;

    private final String learner;

    /** Highest epoch of one's own, by policy. */
    private transient Map<String, Long> epochs;

    /** @param learner id of this job */
    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    public LearnerFence(String learner) {
        this.learner = learner;
    }

    @Override
    public void open(OpenContext context) {
        epochs = new HashMap<>();
    }

    @Override
    public void processElement(Control update, Context context, Collector<Control> out) {
        if (update.learner().equals(learner)) {
            epochs.merge(update.key(), update.epoch(), Math::max);
        } else {
            long own = Objects.requireNonNullElse(epochs.get(update.key()), Long.MAX_VALUE);
            if (update.epoch() > own) {
                throw new SuppressRestartsException(new LearnerFencedException(update, own));
            }
        }
        out.collect(update);
    }
}
