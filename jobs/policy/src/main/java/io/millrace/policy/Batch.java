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
    private final Scores reference = new Scores();
    private boolean referenced;
    private double[] credits = new double[0];
    private double[] targets = new double[0];
    private boolean credited;

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
        credited = false;
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
     * Keeps a copy of what a reference policy says of every action; adding a trajectory forgets it.
     *
     * @param scores of this batch under the reference's parameters
     */
    public void setReference(Scores scores) {
        if (scores.length() != actions) {
            throw new IllegalArgumentException(
                    "reference: expected the scores of the batch's " + actions + " actions, found " + scores.length());
        }
        reference.copy(scores);
        referenced = true;
    }

    /** Whether the scores of a reference policy are known. */
    public boolean hasReference() {
        return referenced;
    }

    /** log π_ref of an action of the batch; see {@link #firstAction}. */
    public float referenceLogProb(int action) {
        return reference.logProb(action);
    }

    /** What the reference policy says of the batch's actions, in order; see {@link #firstAction}. */
    public Scores reference() {
        return reference;
    }

    /**
     * Keeps what every action is credited with, for all passes over the batch; adding a trajectory forgets it.
     *
     * @param advantages A_t of each action of the batch
     * @param valueTargets what V(s_t) should be, of each action; zeros without a critic
     */
    public void setCredit(double[] advantages, double[] valueTargets) {
        if (credits.length < actions) {
            credits = new double[Math.max(actions, 2 * credits.length)];
            targets = new double[credits.length];
        }
        System.arraycopy(advantages, 0, credits, 0, actions);
        System.arraycopy(valueTargets, 0, targets, 0, actions);
        credited = true;
    }

    /** Whether every action has been credited. */
    public boolean hasCredit() {
        return credited;
    }

    /** A_t of an action of the batch; see {@link #firstAction}. */
    public double credit(int action) {
        return credits[action];
    }

    /** What V of the state of an action of the batch should be. */
    public double valueTarget(int action) {
        return targets[action];
    }

    public void clear() {
        trajectories.clear();
        actions = 0;
        referenced = false;
        credited = false;
    }
}
