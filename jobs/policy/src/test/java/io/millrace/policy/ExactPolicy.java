package io.millrace.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * A policy so small that all its trajectories can be listed, with its own log π and ∇ log π in doubles, written anew from
 * the definition.
 */
public interface ExactPolicy {

    Policy policy();

    /** Contexts of the decisions of a trajectory. */
    List<Context> contexts();

    /** Every possible list of actions of the decision. */
    List<int[]> outputs(Context context);

    /** log π_θ of each action of one decision; adds scale · ∇ log π_θ of all of them to {@code gradient}. */
    double[] logProbs(float[] theta, Context context, int[] actions, double scale, double[] gradient);

    /** Every possible list of the actions of each decision. */
    default List<List<int[]>> trajectories() {
        List<List<int[]>> all = List.of(List.of());
        for (Context context : contexts()) {
            List<List<int[]>> longer = new ArrayList<>();
            for (List<int[]> prefix : all) {
                for (int[] output : outputs(context)) {
                    List<int[]> trajectory = new ArrayList<>(prefix);
                    trajectory.add(output);
                    longer.add(trajectory);
                }
            }
            all = longer;
        }
        return all;
    }

    /** Every list of {@code length} numbers below {@code choices}. */
    static List<int[]> sequences(int length, int choices) {
        List<int[]> all = new ArrayList<>();
        int count = (int) Math.pow(choices, length);
        for (int code = 0; code < count; code++) {
            int[] sequence = new int[length];
            for (int i = 0, rest = code; i < length; i++, rest /= choices) {
                sequence[i] = rest % choices;
            }
            all.add(sequence);
        }
        return all;
    }
}
