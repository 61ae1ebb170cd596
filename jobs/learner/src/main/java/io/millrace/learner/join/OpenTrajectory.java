package io.millrace.learner.join;

import io.millrace.learner.ingest.RawRecord;
import io.millrace.policy.spec.JoinSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What is known of one trajectory until its window ends: first its steps and rewards, then a tombstone that knows late from
 * unmatched and duplicate from new. A Flink POJO: it is the join's keyed state.
 */
public final class OpenTrajectory {

    /** Policy that generated the steps; empty while there are none. */
    public String policy = "";
    /** Segment of the baseline; empty: none. */
    public String segment = "";
    /** Group of the outputs of one prompt; empty: none. */
    public String group = "";
    /** True when somebody demonstrated it: it then needs no reward. */
    public boolean demonstrated;
    /** Steps so far, by their position. */
    public List<StoredStep> steps = new ArrayList<>(1);
    /** Rewards so far, in order of arrival. */
    public List<StoredReward> rewards = new ArrayList<>(1);
    /** Ids of all rewards taken, kept in the tombstone too. */
    public long[] rewardIds = {};
    /** True once the trajectory has been emitted or given up. */
    public boolean closed;
    /** Positions of the steps of a closed trajectory, in no order. */
    public int[] closedSteps = {};
    /** What was in them, as hashes, each at the place of its position. */
    public long[] closedContents = {};
    /** Event time at which everything ends; milliseconds since the epoch. */
    public long deadlineMs = Long.MIN_VALUE;
    /** Records of a policy that nobody has told us of yet. */
    public List<RawRecord> waiting = new ArrayList<>(0);
    /** Processing time at which the wait is over; milliseconds since the epoch. */
    public long waitingUntilMs;

    /** What became of an offered step. */
    enum StepOutcome {
        ADDED,
        DUPLICATE,
        CONFLICT,
        /** The trajectory has gone on without it. */
        LATE
    }

    StepOutcome add(StoredStep step) {
        if (closed) {
            return addToClosed(step);
        }
        for (StoredStep known : steps) {
            if (known.step() == step.step()) {
                return Arrays.equals(known.record().value(), step.record().value())
                        ? StepOutcome.DUPLICATE
                        : StepOutcome.CONFLICT;
            }
        }
        steps.add(step);
        if (steps.size() > 1) {
            steps.sort(Comparator.comparingInt(StoredStep::step));
        }
        return StepOutcome.ADDED;
    }

    private StepOutcome addToClosed(StoredStep step) {
        for (int i = 0; i < closedSteps.length; i++) {
            if (closedSteps[i] == step.step()) {
                return closedContents[i] == step.contentHash() ? StepOutcome.DUPLICATE : StepOutcome.CONFLICT;
            }
        }
        return StepOutcome.LATE;
    }

    /** False for a reward that was taken before. */
    boolean isNew(StoredReward reward) {
        for (long id : rewardIds) {
            if (id == reward.id()) {
                return false;
            }
        }
        return true;
    }

    void add(StoredReward reward) {
        rewards.add(reward);
        rewardIds = Arrays.copyOf(rewardIds, rewardIds.length + 1);
        rewardIds[rewardIds.length - 1] = reward.id();
    }

    /** Takes back a reward, as if it had never come: its id may come again, from whom it belongs to. */
    void remove(StoredReward reward) {
        rewards.remove(reward);
        rewardIds = Arrays.stream(rewardIds).filter(id -> id != reward.id()).toArray();
    }

    boolean hasSteps() {
        return !steps.isEmpty();
    }

    /** Steps 0, 1, 2 … without a hole. */
    boolean isContiguous() {
        return hasSteps()
                && steps.get(steps.size() - 1).step() == steps.size() - 1
                && steps.get(0).step() == 0;
    }

    /**
     * Every step is there, up to one that says it is the last, or whose reward says that nothing more will come: where a world
     * ends an episode, nobody knows it when the step is generated.
     */
    boolean isWhole() {
        if (!isContiguous()) {
            return false;
        }
        int last = steps.size() - 1;
        return steps.get(last).last() || rewards.stream().anyMatch(reward -> reward.last() && reward.step() == last);
    }

    /** Event time up to which a reward still counts; milliseconds since the epoch. Needs at least one step. */
    long windowEndMs(JoinSpec join) {
        long latest = Long.MIN_VALUE;
        for (StoredStep step : steps) {
            latest = Math.max(latest, step.eventTimeMs());
        }
        return latest + join.rewardWindow().toMillis();
    }

    /** Whether nothing more needs to come before the window's end. */
    boolean isComplete(JoinSpec join) {
        if (closed || !isWhole()) {
            return false;
        }
        if (demonstrated) {
            return true;
        }
        if (rewards.isEmpty()) {
            return false;
        }
        return switch (join.completion()) {
            case FIRST_REWARD -> true;
            case LAST_MARK -> rewards.stream().anyMatch(this::isLastMark);
            case WINDOW -> false;
        };
    }

    /** Of several steps, the last one's own reward says as well that the rest has come. */
    private boolean isLastMark(StoredReward reward) {
        return reward.last() || (steps.size() > 1 && (reward.isOfWhole() || reward.step() >= lastActed()));
    }

    /** The last step to be rewarded: nobody acts in the state that a trajectory is cut off in. */
    private int lastActed() {
        int last = steps.size() - 1;
        return steps.get(last).cutOff() ? last - 1 : last;
    }

    /** Whether somebody says that the trajectory was cut off, and somebody that it went on from there. */
    boolean goesOnAfterCutOff() {
        for (int i = 0; i < steps.size() - 1; i++) {
            if (steps.get(i).cutOff()) {
                return true;
            }
        }
        return false;
    }

    void extendDeadline(long toMs) {
        deadlineMs = Math.max(deadlineMs, toMs);
    }

    /** Nothing that would have to be kept. */
    boolean isBlank() {
        return !closed && steps.isEmpty() && rewards.isEmpty() && waiting.isEmpty();
    }

    /** The deadline has passed: the tombstone goes too. Records that wait for their policy stay. */
    void forget() {
        close();
        closed = false;
        policy = "";
        rewardIds = new long[0];
        closedSteps = new int[0];
        closedContents = new long[0];
        deadlineMs = Long.MIN_VALUE;
    }

    /** Leaves a tombstone, which lives until the deadline. */
    void close() {
        if (!closed) {
            closedSteps = steps.stream().mapToInt(StoredStep::step).toArray();
            closedContents = steps.stream().mapToLong(StoredStep::contentHash).toArray();
        }
        closed = true;
        steps = new ArrayList<>(0);
        rewards = new ArrayList<>(0);
    }
}
