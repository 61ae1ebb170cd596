package io.millrace.bench.curves.gru;

import java.util.SplittableRandom;

/**
 * An encoder that reads both ways (Bahdanau et al. 2015, section 3.2) and a decoder, both gated recurrent units, with
 * attention by products (Luong et al. 2015, equations 5 and 6):
 *
 * <pre>
 * m_j = [forward_j ; backward_j]    s_0 = [forward_last ; backward_first]    s_t = GRU(s_{t-1}, y_{t-1})
 * α_tj = softmax_j (s_t · m_j)      c_t = Σ_j α_tj m_j                       o_t = tanh([s_t ; c_t] W_c)
 * π(y_t) = softmax(o_t W_o + b)
 * </pre>
 *
 * <p>The end of an input follows its vocabulary; so do the beginning and the end of an output. Immutable.
 */
final class GruNetwork {

    final int inputs;
    final int outputs;
    final int embedding;
    final int hidden;
    final int inputTokens;
    final int outputTokens;
    final GruCell forth;
    final GruCell back;
    final GruCell decoder;
    final int combine;
    final int heads;
    final int bias;
    private final int size;

    /** @param hidden numbers of the decoder's state; half of them for each direction of the encoder */
    GruNetwork(int inputs, int outputs, int embedding, int hidden) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.embedding = embedding;
        this.hidden = hidden;
        this.inputTokens = 0;
        this.outputTokens = (inputs + 1) * embedding;
        this.forth = new GruCell(embedding, hidden / 2, outputTokens + (outputs + 1) * embedding);
        this.back = new GruCell(embedding, hidden / 2, forth.at() + forth.size());
        this.decoder = new GruCell(embedding, hidden, back.at() + back.size());
        this.combine = decoder.at() + decoder.size();
        this.heads = combine + 2 * hidden * hidden;
        this.bias = heads + hidden * actions();
        this.size = bias + actions();
    }

    /** Output tokens and the end. */
    int actions() {
        return outputs + 1;
    }

    /** Floats in θ. */
    int size() {
        return size;
    }

    /** Matrices keep the size of what they are given; the heads start near zero. */
    float[] initial(long seed) {
        float[] theta = new float[size];
        var random = new SplittableRandom(seed);
        fill(theta, 0, forth.at(), 0.3, random);
        for (GruCell cell : new GruCell[] {forth, back, decoder}) {
            fill(theta, cell.at(), cell.size() - 3 * cell.hidden(), 1 / Math.sqrt(cell.hidden()), random);
        }
        fill(theta, combine, heads - combine, 1 / Math.sqrt(2 * hidden), random);
        fill(theta, heads, bias - heads, 0.1 / Math.sqrt(hidden), random);
        return theta;
    }

    /** Uniform with a standard deviation. */
    private static void fill(float[] theta, int at, int count, double deviation, SplittableRandom random) {
        double bound = Math.sqrt(3) * deviation;
        for (int i = at; i < at + count; i++) {
            theta[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
    }
}
