package io.millrace.neural.mlp;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.InvalidInputException;
import java.util.Arrays;
import java.util.List;

/** Decisions of whole trajectories as rows of one matrix; reused. */
final class Rows {

    private static final int MOST_ROWS = 4096;
    private static final int MOST_ELEMENTS = 1 << 22;

    /** A group of trajectories has at most that many decisions, unless one alone has more: it bounds the memory. */
    private final int most;

    private final int inputs;
    private float[] states = new float[0];
    private int[] actions = new int[0];
    private int count;

    /**
     * Rows for a network.
     *
     * @param inputs numbers of a state
     * @param widest numbers of the widest layer
     */
    Rows(int inputs, int widest) {
        this.inputs = inputs;
        this.most = Math.max(1, Math.min(MOST_ROWS, MOST_ELEMENTS / widest));
    }

    /** Takes trajectories from {@code first} on, at least one, and answers with the first that is left. */
    int load(Batch batch, int first) {
        count = 0;
        int next = first;
        do {
            append(batch.trajectory(next++).decisions());
        } while (next < batch.size()
                && count + batch.trajectory(next).decisions().size() <= most);
        return next;
    }

    private void append(List<Decision> decisions) {
        int rows = count + decisions.size();
        if (rows > actions.length) {
            int room = Math.max(rows, 2 * actions.length);
            actions = Arrays.copyOf(actions, room);
            states = Arrays.copyOf(states, Math.multiplyExact(room, inputs));
        }
        for (int d = 0; d < decisions.size(); d++) {
            Decision decision = decisions.get(d);
            System.arraycopy(state(decision.context()), 0, states, count * inputs, inputs);
            actions[count++] = decision.actions()[0];
        }
    }

    /** [count × inputs]. */
    float[] states() {
        return states;
    }

    int action(int row) {
        return actions[row];
    }

    int count() {
        return count;
    }

    static float[] state(Context context) {
        if (context instanceof Context.Dense dense) {
            return dense.values();
        }
        throw new InvalidInputException(
                "context: expected a dense vector, found " + context.getClass().getSimpleName());
    }
}
