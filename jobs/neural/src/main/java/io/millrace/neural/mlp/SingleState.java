package io.millrace.neural.mlp;

import java.util.List;

/**
 * The forward pass of one state in plain loops: for a single row a product of matrices would cost more to call than to
 * compute. Inner loops run over a row of weights. One thread.
 */
final class SingleState {

    private final Activation activation;
    private float[] from;
    private float[] to;

    SingleState(MlpModel model) {
        this.activation = model.activation();
        this.from = new float[model.widest()];
        this.to = new float[model.widest()];
    }

    /** Writes the sums of the head to {@code out}. */
    void forward(float[] theta, float[] state, List<Layer> hidden, Layer head, float[] out) {
        System.arraycopy(state, 0, from, 0, state.length);
        for (int l = 0; l < hidden.size(); l++) {
            Layer layer = hidden.get(l);
            sums(theta, layer, from, to);
            activation.apply(to, 0, layer.outputs());
            float[] free = from;
            from = to;
            to = free;
        }
        sums(theta, head, from, out);
    }

    private static void sums(float[] theta, Layer layer, float[] in, float[] out) {
        int width = layer.outputs();
        System.arraycopy(theta, layer.biasAt(), out, 0, width);
        for (int i = 0; i < layer.inputs(); i++) {
            float x = in[i];
            int row = layer.weightAt() + i * width;
            for (int j = 0; j < width; j++) {
                out[j] += x * theta[row + j];
            }
        }
    }
}
