package io.millrace.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A reusable column store of trajectories and what the estimator needs to know of each. */
public final class Batch {

    private final List<Trajectory> trajectories = new ArrayList<>();
    private double[] advantages = new double[64];
    private int actions;

    public void add(Trajectory trajectory, double advantage) {
        int at = trajectories.size();
        if (at == advantages.length) {
            advantages = Arrays.copyOf(advantages, 2 * at);
        }
        advantages[at] = advantage;
        trajectories.add(trajectory);
        for (Decision decision : trajectory.decisions()) {
            actions += decision.actions().length;
        }
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

    public void clear() {
        trajectories.clear();
        actions = 0;
    }
}
