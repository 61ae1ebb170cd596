package io.millrace.bench.curves.gru;

import io.millrace.neural.matrix.Floats;
import java.util.Arrays;

/** One word through a {@link GruNetwork}: forward with its right output or the likeliest one, and backward. One thread. */
final class GruPass {

    private final GruNetwork net;
    private final int width;
    private final int half;
    private final int limit;
    private final GruEncoding in;
    private final int[] given;
    private final float[] states;
    private final float[] tape;
    private final float[] attention;
    private final float[] mixed;
    private final float[] combined;
    private final float[] probabilities;

    /** @param limit most input tokens with the end, and most actions */
    GruPass(GruNetwork net, int limit) {
        this.net = net;
        this.width = net.hidden;
        this.half = net.hidden / 2;
        this.limit = limit;
        this.in = new GruEncoding(net, limit);
        this.given = new int[limit];
        this.states = new float[(limit + 1) * width];
        this.tape = new float[limit * net.decoder.tape()];
        this.attention = new float[limit * limit];
        this.mixed = new float[limit * 2 * width];
        this.combined = new float[limit * width];
        this.probabilities = new float[limit * net.actions()];
    }

    /** Σ_t log π(a_t): the log-likelihood of the actions, the last of which is the end. */
    double logLikelihood(float[] theta, int[] tokens, int[] actions) {
        begin(theta, tokens);
        double sum = 0;
        for (int t = 0; t < actions.length; t++) {
            step(theta, t, t == 0 ? net.outputs : actions[t - 1]);
            sum += Math.log(probabilities[t * net.actions() + actions[t]]);
        }
        return sum;
    }

    /** The likeliest action at every step, without the end. */
    int[] likeliest(float[] theta, int[] tokens) {
        begin(theta, tokens);
        int[] actions = new int[limit];
        for (int t = 0; t < limit; t++) {
            step(theta, t, t == 0 ? net.outputs : actions[t - 1]);
            int from = t * net.actions();
            for (int j = 1; j < net.actions(); j++) {
                actions[t] = probabilities[from + j] > probabilities[from + actions[t]] ? j : actions[t];
            }
            if (actions[t] == net.outputs) {
                return Arrays.copyOf(actions, t);
            }
        }
        return actions;
    }

    private void begin(float[] theta, int[] tokens) {
        in.read(theta, tokens);
        System.arraycopy(in.memory, (in.length - 1) * width, states, 0, half);
        System.arraycopy(in.memory, half, states, half, half);
    }

    private void step(float[] theta, int t, int token) {
        given[t] = token;
        int state = (t + 1) * width;
        int x = net.outputTokens + token * net.embedding;
        net.decoder.forward(theta, theta, x, states, t * width, states, state, tape, t * net.decoder.tape());
        int alpha = t * limit;
        for (int j = 0; j < in.length; j++) {
            attention[alpha + j] = Floats.dot(states, state, in.memory, j * width, width);
        }
        softmax(attention, alpha, in.length);
        int mix = t * 2 * width;
        System.arraycopy(states, state, mixed, mix, width);
        Arrays.fill(mixed, mix + width, mix + 2 * width, 0);
        for (int j = 0; j < in.length; j++) {
            Floats.addScaled(attention[alpha + j], in.memory, j * width, mixed, mix + width, width);
        }
        int out = t * width;
        Arrays.fill(combined, out, out + width, 0);
        Floats.addProduct(mixed, mix, theta, net.combine, 2 * width, width, combined, out);
        for (int i = out; i < out + width; i++) {
            combined[i] = (float) Math.tanh(combined[i]);
        }
        int p = t * net.actions();
        System.arraycopy(theta, net.bias, probabilities, p, net.actions());
        Floats.addProduct(combined, out, theta, net.heads, width, net.actions(), probabilities, p);
        softmax(probabilities, p, net.actions());
    }

    private static void softmax(float[] values, int at, int count) {
        float greatest = values[at];
        for (int i = at; i < at + count; i++) {
            greatest = Math.max(greatest, values[i]);
        }
        float sum = 0;
        for (int i = at; i < at + count; i++) {
            values[i] = (float) Math.exp(values[i] - greatest);
            sum += values[i];
        }
        for (int i = at; i < at + count; i++) {
            values[i] /= sum;
        }
    }

    /** Adds ∇ Σ_t log π(a_t), of the last {@link #logLikelihood}. */
    void addGradient(float[] theta, int[] actions, float[] gradient) {
        float[] slopes = new float[(actions.length + 1) * width];
        float[] dm = new float[in.length * width];
        for (int t = actions.length - 1; t >= 0; t--) {
            int state = (t + 1) * width;
            backHeads(theta, t, actions[t], slopes, state, dm, gradient);
            int x = net.outputTokens + given[t] * net.embedding;
            net.decoder.addBackward(
                    theta,
                    theta,
                    x,
                    states,
                    t * width,
                    tape,
                    t * net.decoder.tape(),
                    slopes,
                    state,
                    gradient,
                    gradient,
                    x,
                    slopes,
                    t * width);
        }
        Floats.addScaled(1, slopes, 0, dm, (in.length - 1) * width, half);
        Floats.addScaled(1, slopes, half, dm, half, half);
        in.addBackward(theta, dm, gradient);
    }

    private void backHeads(float[] theta, int t, int action, float[] slopes, int state, float[] dm, float[] gradient) {
        int actions = net.actions();
        float[] logits = new float[actions];
        Floats.addScaled(-1, probabilities, t * actions, logits, 0, actions);
        logits[action] += 1;
        Floats.addScaled(1, logits, 0, gradient, net.bias, actions);
        float[] out = new float[width];
        Rows.addBackward(combined, t * width, theta, net.heads, width, actions, logits, 0, gradient, out, 0);
        for (int i = 0; i < width; i++) {
            float o = combined[t * width + i];
            out[i] *= 1 - o * o;
        }
        float[] mix = new float[2 * width];
        Rows.addBackward(mixed, t * 2 * width, theta, net.combine, 2 * width, width, out, 0, gradient, mix, 0);
        Floats.addScaled(1, mix, 0, slopes, state, width);
        backAttention(t, mix, slopes, state, dm);
    }

    /** With dα_j = dc · m_j and ds_j = α_j (dα_j − Σ α dα): adds to the slopes of s and m. */
    private void backAttention(int t, float[] mix, float[] slopes, int state, float[] dm) {
        int alpha = t * limit;
        float[] ds = new float[in.length];
        float mean = 0;
        for (int j = 0; j < in.length; j++) {
            ds[j] = Floats.dot(mix, width, in.memory, j * width, width);
            mean += attention[alpha + j] * ds[j];
            Floats.addScaled(attention[alpha + j], mix, width, dm, j * width, width);
        }
        for (int j = 0; j < in.length; j++) {
            float slope = attention[alpha + j] * (ds[j] - mean);
            Floats.addScaled(slope, in.memory, j * width, slopes, state, width);
            Floats.addScaled(slope, states, state, dm, j * width, width);
        }
    }
}
