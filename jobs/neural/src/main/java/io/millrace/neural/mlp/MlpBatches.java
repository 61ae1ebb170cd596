package io.millrace.neural.mlp;

import io.millrace.policy.ActionScores;
import io.millrace.policy.ActionWeights;
import io.millrace.policy.Batch;
import io.millrace.policy.Scores;
import io.millrace.policy.Weighting;

/** Scores and gradients of whole batches: groups of trajectories, each in one pass forward and one backward. One thread. */
final class MlpBatches {

    private final Network network;
    private final Rows rows;
    private final ActionRows distributions;
    private final ActionScores scores = new ActionScores();
    private final ActionWeights weights = new ActionWeights();

    MlpBatches(MlpLayout layout, MlpModel model) {
        this.network = new Network(layout, model);
        this.rows = new Rows(model.inputs(), model.widest());
        this.distributions = new ActionRows(model.actions().size());
    }

    void score(float[] theta, Batch batch, Scores out) {
        network.load(theta);
        for (int first = 0; first < batch.size(); ) {
            int end = rows.load(batch, first);
            network.forward(rows.states(), rows.count());
            distributions.softmax(network.logits(), rows.count());
            float[] values = network.values();
            int row = 0;
            for (int t = first; t < end; t++) {
                row = scoreTrajectory(batch.trajectory(t).decisions().size(), row, values);
                out.append(scores);
            }
            first = end;
        }
    }

    void gradient(float[] theta, Batch batch, Weighting weighting, float[] gradient) {
        network.load(theta);
        for (int first = 0; first < batch.size(); ) {
            int end = rows.load(batch, first);
            network.forward(rows.states(), rows.count());
            float[] logits = network.logits();
            distributions.softmax(logits, rows.count());
            float[] values = network.values();
            int row = 0;
            for (int t = first; t < end; t++) {
                int from = row;
                row = scoreTrajectory(batch.trajectory(t).decisions().size(), from, values);
                weights.reset(scores.length());
                weighting.weigh(t, scores, weights);
                writeSlopes(from, row, (float) weighting.entropyBonus(t), logits, values);
            }
            network.backward(gradient);
            first = end;
        }
    }

    /** Scores the trajectory whose decisions begin at {@code row}, and answers with the row behind them. */
    private int scoreTrajectory(int decisions, int first, float[] values) {
        int end = first + decisions;
        scores.reset(rows.actions(first, end));
        int t = 0;
        for (int row = first; row < end; row++) {
            if (rows.action(row) != Rows.NONE) {
                distributions.score(row, rows.action(row), t, scores);
                scores.setValue(t++, values[row]);
            } else if (row == end - 1) {
                scores.setFinalValue(values[row]);
            }
        }
        return end;
    }

    private void writeSlopes(int from, int to, float entropyBonus, float[] logits, float[] values) {
        int t = 0;
        for (int row = from; row < to; row++) {
            if (rows.action(row) == Rows.NONE) {
                distributions.noSlope(row, logits);
                values[row] = 0;
            } else {
                distributions.slope(row, rows.action(row), weights.policy(t), entropyBonus, logits);
                values[row] = weights.value(t++);
            }
        }
    }
}
