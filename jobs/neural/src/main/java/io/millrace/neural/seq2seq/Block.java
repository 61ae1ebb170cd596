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
 * state in which action t was taken and is given action t − 1. Outputs of one input that follow one another, as those of a
 * group do, share its rows: it is read once.
 */
final class Block {

    /** A block ends with the trajectory that brings its output rows to this. */
    static final int ROWS = 768;

    /** Each input once. */
    final Segments inputs = new Segments();
    /** The input of each output. */
    final Segments read = new Segments();

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
        read.clear();
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

    /** Takes the inputs alone, each for itself: no outputs. */
    void takeInputs(List<Context> contexts) {
        inputs.clear();
        read.clear();
        outputs.clear();
        for (int i = 0; i < contexts.size(); i++) {
            addInput(Context.Tokens.of(contexts.get(i)).tokens());
        }
    }

    private void add(Decision decision) {
        int[] tokens = ((Context.Tokens) decision.context()).tokens();
        if (isLastInput(tokens)) {
            read.repeat();
        } else {
            addInput(tokens);
        }
        int out = outputs.rows();
        outputs.add(decision.actions().length);
        actions = grown(actions, outputs.rows());
        System.arraycopy(decision.actions(), 0, actions, out, decision.actions().length);
    }

    private void addInput(int[] tokens) {
        int in = inputs.rows();
        inputs.add(tokens.length + 1);
        read.add(tokens.length + 1);
        inputTokens = grown(inputTokens, inputs.rows());
        System.arraycopy(tokens, 0, inputTokens, in, tokens.length);
        inputTokens[in + tokens.length] = model.input().size();
    }

    private boolean isLastInput(int[] tokens) {
        int last = inputs.count() - 1;
        if (last < 0 || inputs.length(last) != tokens.length + 1) {
            return false;
        }
        int start = inputs.start(last);
        return Arrays.equals(tokens, 0, tokens.length, inputTokens, start, start + tokens.length);
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
