package io.millrace.learner.advantage;

import io.millrace.learner.control.Control;
import io.millrace.learner.deadletter.DeadLetters;
import io.millrace.learner.gradient.WorkerInput;
import io.millrace.learner.join.JoinedTrajectory;
import io.millrace.policy.gradient.RunningAverage;
import io.millrace.policy.spec.BaselineSpec;
import io.millrace.policy.spec.BaselineSpec.Kind;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Subtracts a baseline from the trajectory's reward: A = R − b (Williams 1992, section 4).
 *
 * <p>b is the running average of the segment from <em>before</em> this reward, which keeps the gradient unbiased: b then does
 * not depend on the actions it is multiplied with. The baseline {@code inclusive-mean} holds this reward too, and only shrinks
 * the first steps of a segment. Keyed by policy and lane; the averages are in keyed state, so they survive
 * the job, and are forgotten when a segment has had no reward for long. Baselines of a group wait for the group, see
 * {@link GroupGathering}; where a critic is the baseline, b is 0 here and the worker's estimator subtracts V.
 * A demonstration has no baseline: its weight takes the advantage's place.
 *
 * <p>Control records pass through to the worker, which is chained to this operator and so needs them in its only input.
 */
public final class Advantage extends KeyedBroadcastProcessFunction<String, JoinedTrajectory, Control, WorkerInput> {

    private static final long serialVersionUID = 1L;

    /** Unused broadcast state that the broadcast stream has to name. */
    public static final MapStateDescriptor<String, String> NO_STATE =
            new MapStateDescriptor<>("advantage-control", Types.STRING, Types.STRING);

    private transient MapState<String, @Nullable RunningAverage> averages;
    private transient GroupGathering groups;

    private final Duration timeToLive;

    /** @param timeToLive of a segment's average after its last reward: segments come and go, and state must not grow for ever */
    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    public Advantage(Duration timeToLive) {
        this.timeToLive = timeToLive;
    }

    @Override
    public void open(OpenContext context) {
        var descriptor =
                new MapStateDescriptor<>("baseline-by-segment", Types.STRING, TypeInformation.of(RunningAverage.class));
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(timeToLive).build());
        averages = getRuntimeContext().getMapState(descriptor);
        groups = new GroupGathering(getRuntimeContext());
    }

    @Override
    public void processElement(JoinedTrajectory trajectory, ReadOnlyContext context, Collector<WorkerInput> out)
            throws Exception {
        BaselineSpec spec = trajectory.baseline();
        if (trajectory.isDemonstrated() || spec.kind() == Kind.CRITIC || isPlain(spec)) {
            out.collect(WorkerInput.learn(trajectory, 0, trajectory.reward()));
        } else if (spec.kind().ofGroup()) {
            Long timestamp = context.timestamp();
            long timeMs = timestamp == null ? context.currentProcessingTime() : timestamp;
            groups.take(trajectory, timeMs, context.timerService(), out);
        } else {
            out.collect(compared(trajectory, spec));
        }
    }

    /** Nothing is subtracted, and nothing divided by. */
    private static boolean isPlain(BaselineSpec spec) {
        return spec.kind() == Kind.NONE && !spec.normalizeAdvantage();
    }

    private WorkerInput compared(JoinedTrajectory trajectory, BaselineSpec spec) throws Exception {
        RunningAverage before = averages.get(trajectory.segment());
        if (before == null) {
            before = RunningAverage.EMPTY;
        }
        averages.put(trajectory.segment(), before.plus(trajectory.reward(), spec));
        double baseline = before.baselineOf(trajectory.reward(), spec);
        return WorkerInput.learn(trajectory, baseline, scaled(trajectory.reward() - baseline, spec, before));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<WorkerInput> out) throws Exception {
        groups.timeOut(
                timestamp, context.currentProcessingTime(), out, letter -> context.output(DeadLetters.TAG, letter));
    }

    /** Until two rewards have spread, there is nothing to divide by. */
    private static double scaled(double advantage, BaselineSpec spec, RunningAverage before) {
        double deviation = before.standardDeviation();
        return spec.normalizeAdvantage() && before.count() > 1 && deviation > 0 ? advantage / deviation : advantage;
    }

    @Override
    public void processBroadcastElement(Control control, Context context, Collector<WorkerInput> out) {
        out.collect(WorkerInput.follow(control));
    }
}
