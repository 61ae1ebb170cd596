package io.millrace.neural.seq2seq;

import io.millrace.neural.matrix.Floats;
import io.millrace.policy.parameters.GradientAccumulator;

/** x ← x + max(0, RmsNorm(x) W₁)² W₂, at each position alone; the square is that of Primer (So et al. 2021). */
final class FeedForward {

    private final int width;
    private final int hidden;
    private final FeedForwardTensors tensors;
    private final RmsNorm norm;
    private final Projection in;
    private final Projection out;
    private final Scratch activations = new Scratch();
    private final Workspace workspace;

    FeedForward(FeedForwardTensors tensors, Workspace workspace) {
        this.width = tensors.out().columns();
        this.hidden = tensors.out().rows();
        this.tensors = tensors;
        this.norm = new RmsNorm(width);
        this.in = new Projection(tensors.in(), workspace.weights);
        this.out = new Projection(tensors.out(), workspace.weights);
        this.workspace = workspace;
    }

    /** Changes x [rows × width] in place. */
    void forward(float[] x, int rows) {
        float[] active = activations.of(rows * hidden);
        float[] residual = workspace.first.of(rows * width);
        in.forward(norm.forward(x, rows), rows, active);
        Floats.squareRectify(active, 0, rows * hidden);
        out.forward(active, rows, residual);
        Floats.add(residual, x, rows * width);
    }

    /** Turns the slope of the output into that of the input, in place. */
    void backward(float[] dx, int rows) {
        float[] active = activations.values();
        float[] slope = workspace.second.of(rows * hidden);
        float[] inner = workspace.first.of(rows * width);
        out.backward(dx, rows, slope);
        for (int i = 0; i < rows * hidden; i++) {
            slope[i] *= 2 * (float) Math.sqrt(active[i]);
        }
        in.backward(slope, rows, inner);
        norm.addBackward(inner, rows, dx);
    }

    void addGradientTo(GradientAccumulator gradient) {
        workspace.weights.addTo(tensors.in(), gradient);
        workspace.weights.addTo(tensors.out(), gradient);
    }
}
