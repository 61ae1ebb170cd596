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
                weights.reset(row - from);
                weighting.weigh(t, scores, weights);
                writeSlopes(from, row, (float) weighting.entropyBonus(t), logits, values);
            }
            network.backward(gradient);
            first = end;
        }
    }

    /** Scores the trajectory whose decisions begin at {@code row}, and answers with the row behind them. */
    private int scoreTrajectory(int decisions, int row, float[] values) {
        scores.reset(decisions);
        for (int i = 0; i < decisions; i++) {
            distributions.score(row + i, rows.action(row + i), i, scores);
            scores.setValue(i, values[row + i]);
        }
        return row + decisions;
    }

    private void writeSlopes(int from, int to, float entropyBonus, float[] logits, float[] values) {
        for (int row = from; row < to; row++) {
            distributions.slope(row, rows.action(row), weights.policy(row - from), entropyBonus, logits);
            values[row] = weights.value(row - from);
        }
    }
}
