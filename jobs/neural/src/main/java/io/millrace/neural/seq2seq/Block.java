package io.millrace.neural.seq2seq;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import java.util.Arrays;
import java.util.List;

/**
 * Whole trajectories of a batch, as many as make a block of rows that the processor's cache holds: its size bounds the
 * memory of a pass, however large the batch.
 *
 * <p>Every decision is a pair of sequences: an input, which is its tokens and their end, and an output, whose row t is the
 * state in which action t was taken and is given action t − 1.
 */
final class Block {

    /** A block ends with the trajectory that brings its output rows to this. */
    static final int ROWS = 768;

    final Segments inputs = new Segments();
    final Segments outputs = new Segments();
    private final Seq2SeqModel model;
    private int[] inputTokens = new int[0];
    private int[] actions = new int[0];
    private int firstTrajectory;
    private int endTrajectory;

    Block(Seq2SeqModel model) {
        this.model = model;
    }

    /** Takes trajectories of the batch from {@code first} on; at least one. */
    void take(Batch batch, int first) {
        inputs.clear();
        outputs.clear();
        firstTrajectory = first;
        endTrajectory = first;
        while (endTrajectory < batch.size() && outputs.rows() < ROWS) {
            List<Decision> decisions = batch.trajectory(endTrajectory++).decisions();
            for (int d = 0; d < decisions.size(); d++) {
                add(decisions.get(d));
            }
        }
    }

    private void add(Decision decision) {
        int[] tokens = ((Context.Tokens) decision.context()).tokens();
        int in = inputs.rows();
        int out = outputs.rows();
        inputs.add(tokens.length + 1);
        outputs.add(decision.actions().length);
        inputTokens = grown(inputTokens, inputs.rows());
        actions = grown(actions, outputs.rows());
        System.arraycopy(tokens, 0, inputTokens, in, tokens.length);
        inputTokens[in + tokens.length] = model.input().size();
        System.arraycopy(decision.actions(), 0, actions, out, decision.actions().length);
    }

    private static int[] grown(int[] array, int length) {
        return array.length >= length ? array : Arrays.copyOf(array, Math.max(length, 2 * array.length));
    }

    int firstTrajectory() {
        return firstTrajectory;
    }

    /** One after the last trajectory. */
    int endTrajectory() {
        return endTrajectory;
    }

    /** The token that an input row is given; the end of the input follows the vocabulary. */
    int inputToken(int row) {
        return inputTokens[row];
    }

    /** The action that was taken at an output row. */
    int action(int row) {
        return actions[row];
    }

    /** The token that row {@code row}, at {@code position} of its sequence, is given; the beginning follows the vocabulary. */
    int outputToken(int row, int position) {
        return position == 0 ? model.output().size() : actions[row - 1];
    }
}
