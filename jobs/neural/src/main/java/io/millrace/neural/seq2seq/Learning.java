package io.millrace.neural.seq2seq;

import io.millrace.policy.ActionScores;
import io.millrace.policy.ActionWeights;
import io.millrace.policy.Batch;
import io.millrace.policy.Decision;
import io.millrace.policy.Scores;
import io.millrace.policy.Weighting;
import io.millrace.policy.parameters.GradientAccumulator;
import java.util.List;

/** Scores and gradients of batches, a block after the other. Holds memory off the heap; one thread. */
final class Learning {

    private final Block block;
    private final Network network;
    private final Heads heads;
    private final ActionScores scores = new ActionScores();
    private final ActionWeights weights = new ActionWeights();

    Learning(Seq2SeqModel model, Weights places) {
        this.block = new Block(model);
        this.network = new Network(model, places);
        this.heads = new Heads(model.actions());
    }

    void score(float[] theta, Batch batch, Scores out) {
        network.begin(theta);
        for (int first = 0; first < batch.size(); first = block.endTrajectory()) {
            block.take(batch, first);
            float[] outputs = forward(theta);
            int row = 0;
            for (int t = first; t < block.endTrajectory(); t++) {
                score(outputs, row, actions(batch, t));
                out.append(scores);
                row += scores.length();
            }
        }
    }

    void gradient(float[] theta, Batch batch, Weighting weighting, GradientAccumulator out) {
        network.begin(theta);
        for (int first = 0; first < batch.size(); first = block.endTrajectory()) {
            block.take(batch, first);
            float[] outputs = forward(theta);
            int row = 0;
            for (int t = first; t < block.endTrajectory(); t++) {
                score(outputs, row, actions(batch, t));
                weights.reset(scores.length());
                weighting.weigh(t, scores, weights);
                weigh(row, (float) weighting.entropyBonus(t));
                row += scores.length();
            }
            network.backward(block, heads.slopes(), out);
        }
        network.end(out);
    }

    private float[] forward(float[] theta) {
        float[] outputs = network.forward(theta, block);
        heads.read(outputs, block.outputs.rows());
        return outputs;
    }

    private void score(float[] outputs, int row, int count) {
        scores.reset(count);
        for (int i = 0; i < count; i++) {
            heads.score(outputs, row + i, block.action(row + i), scores, i);
        }
    }

    private void weigh(int row, float bonus) {
        for (int i = 0; i < weights.length(); i++) {
            heads.weigh(row + i, block.action(row + i), weights.policy(i), weights.value(i), bonus);
        }
    }

    private static int actions(Batch batch, int trajectory) {
        int count = 0;
        List<Decision> decisions = batch.trajectory(trajectory).decisions();
        for (int d = 0; d < decisions.size(); d++) {
            count += decisions.get(d).actions().length;
        }
        return count;
    }
}
