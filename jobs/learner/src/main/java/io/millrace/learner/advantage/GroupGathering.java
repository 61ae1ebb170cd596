package io.millrace.learner.advantage;

import io.millrace.learner.deadletter.DeadLetters;
import io.millrace.learner.deadletter.Origin;
import io.millrace.learner.gradient.WorkerInput;
import io.millrace.learner.join.JoinedTrajectory;
import io.millrace.policy.gradient.GroupBaselines;
import io.millrace.policy.spec.BaselineSpec;
import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DeadLetterReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the outputs of one prompt in keyed state, one group a key, until there are as many as the policy asks for; then
 * each is compared with the others.
 *
 * <p>A group waits for as long as the policy's reward window: by then the others have been rewarded or given up. At least two
 * are compared as they are; a single one has nothing to be compared with and is refused. More than the group's size of one
 * prompt make a second group.
 */
final class GroupGathering {

    private final ValueState<@Nullable OpenGroup> groups;
    private final Counter complete;
    private final Counter incomplete;
    private final Counter duplicates;

    GroupGathering(RuntimeContext context) {
        groups = context.getState(new ValueStateDescriptor<>("open-group", TypeInformation.of(OpenGroup.class)));
        var metrics = context.getMetricGroup().addGroup("millrace");
        complete = metrics.counter("groupsComplete");
        incomplete = metrics.counter("groupsIncomplete");
        duplicates = metrics.counter("groupDuplicatesDropped");
    }

    /** A trajectory of the current key's group arrives at an event time. */
    void take(JoinedTrajectory trajectory, long eventTimeMs, TimerService timers, Collector<WorkerInput> out)
            throws Exception {
        OpenGroup group = groups.value();
        if (group == null) {
            group = new OpenGroup();
            group.deadlineMs = eventTimeMs + trajectory.rewardWindowMs();
            timers.registerEventTimeTimer(group.deadlineMs);
        }
        if (!group.add(trajectory)) {
            duplicates.inc();
            return;
        }
        if (group.isComplete()) {
            complete.inc();
            timers.deleteEventTimeTimer(group.deadlineMs);
            groups.clear();
            compare(group, out);
        } else {
            groups.update(group);
        }
    }

    /** A timer of the current key has fired. */
    void timeOut(long timestampMs, long nowMs, Collector<WorkerInput> out, Consumer<DeadLetter> refusals)
            throws Exception {
        OpenGroup group = groups.value();
        if (group == null || timestampMs < group.deadlineMs) {
            return;
        }
        incomplete.inc();
        groups.clear();
        if (group.members.size() > 1) {
            compare(group, out);
        } else {
            refusals.accept(alone(group.newest(), nowMs));
        }
    }

    private static DeadLetter alone(JoinedTrajectory trajectory, long nowMs) {
        return DeadLetters.of(
                DeadLetterReason.INCOMPLETE_GROUP,
                "group '" + trajectory.group() + "': expected "
                        + trajectory.baseline().groupSize()
                        + " outputs of one prompt within join.reward-window, found one, which has nothing to be compared"
                        + " with; generate estimator.group-size outputs a prompt under one group",
                trajectory.policy(),
                Origin.ofTrajectory(trajectory.trajectoryId()),
                Instant.ofEpochMilli(nowMs));
    }

    private static void compare(OpenGroup group, Collector<WorkerInput> out) {
        BaselineSpec.Kind kind = group.newest().baseline().kind();
        double[] rewards = group.rewards();
        double[] advantages = GroupBaselines.advantages(kind, rewards);
        double mean = Arrays.stream(rewards).average().orElse(0);
        for (int i = 0; i < rewards.length; i++) {
            // What is divided by a deviation is no longer R - b.
            double baseline = kind == BaselineSpec.Kind.GROUP_NORMALIZED ? mean : rewards[i] - advantages[i];
            out.collect(WorkerInput.learn(group.members.get(i), baseline, advantages[i]));
        }
    }
}
