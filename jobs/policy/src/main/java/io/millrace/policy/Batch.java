package io.millrace.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A reusable column store of trajectories and what the estimator needs to know of each. */
public final class Batch {

    private final List<Trajectory> trajectories = new ArrayList<>();
    private double[] advantages = new double[64];
    private long[] stalenesses = new long[64];
    private int[] firstActions = new int[64];
    private int actions;
    private float[] references = new float[0];
    private boolean referenced;

    /** Adds a trajectory of the current parameters. */
    public void add(Trajectory trajectory, double advantage) {
        add(trajectory, advantage, 0);
    }

    /**
     * Adds a trajectory.
     *
     * @param advantage R − b of the whole trajectory; of a demonstration its weight, at least 0
     * @param staleness versions that the parameters which generated it are behind the current ones, at least 0
     */
    public void add(Trajectory trajectory, double advantage, long staleness) {
        int at = trajectories.size();
        if (at == advantages.length) {
            advantages = Arrays.copyOf(advantages, 2 * at);
            stalenesses = Arrays.copyOf(stalenesses, 2 * at);
            firstActions = Arrays.copyOf(firstActions, 2 * at);
        }
        advantages[at] = advantage;
        stalenesses[at] = staleness;
        firstActions[at] = actions;
        trajectories.add(trajectory);
        for (Decision decision : trajectory.decisions()) {
            actions += decision.actions().length;
        }
        referenced = false;
    }

    /** Number of trajectories. */
    public int size() {
        return trajectories.size();
    }

    /** Number of actions in all trajectories together. */
    public int actions() {
        return actions;
    }

    public Trajectory trajectory(int index) {
        return trajectories.get(index);
    }

    /** R − b of the trajectory. */
    public double advantage(int index) {
        return advantages[index];
    }

    /** Versions that the parameters which generated the trajectory are behind the current ones. */
    public long staleness(int index) {
        return stalenesses[index];
    }

    /** Where the trajectory's actions begin among those of the batch. */
    public int firstAction(int index) {
        return firstActions[index];
    }

    /**
     * Keeps what a reference policy says of every action; adding a trajectory forgets it.
     *
     * @param scores of this batch under the reference's parameters
     */
    public void setReference(Scores scores) {
        if (scores.length() != actions) {
            throw new IllegalArgumentException(
                    "reference: expected the scores of the batch's " + actions + " actions, found " + scores.length());
        }
        if (references.length < actions) {
            references = new float[Math.max(actions, 2 * references.length)];
        }
        for (int i = 0; i < actions; i++) {
            references[i] = scores.logProb(i);
        }
        referenced = true;
    }

    /** Whether the log-probabilities of a reference policy are known. */
    public boolean hasReference() {
        return referenced;
    }

    /** log π_ref of an action of the batch; see {@link #firstAction}. */
    public float referenceLogProb(int action) {
        return references[action];
    }

    public void clear() {
        trajectories.clear();
        actions = 0;
        referenced = false;
    }
}
