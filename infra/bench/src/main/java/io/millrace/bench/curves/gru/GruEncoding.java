package io.millrace.bench.curves.gru;

import java.util.Arrays;

/** An input that a {@link GruNetwork} has read both ways: m [length × hidden]. One thread. */
final class GruEncoding {

    private final GruNetwork net;
    private final int width;
    private final int half;
    private final float[] forthTape;
    private final float[] backTape;
    /** States of zeros before the first step of each direction, for θ and for slopes that nobody asks for. */
    private final float[] zeros;

    private int[] tokens = new int[0];
    final float[] memory;
    int length;

    GruEncoding(GruNetwork net, int limit) {
        this.net = net;
        this.width = net.hidden;
        this.half = net.hidden / 2;
        this.forthTape = new float[limit * net.forth.tape()];
        this.backTape = new float[limit * net.back.tape()];
        this.zeros = new float[half];
        this.memory = new float[limit * width];
    }

    /** Reads the tokens and their end. */
    void read(float[] theta, int[] word) {
        length = word.length + 1;
        tokens = Arrays.copyOf(word, length);
        tokens[word.length] = net.inputs;
        for (int i = 0; i < length; i++) {
            boolean first = i == 0;
            net.forth.forward(
                    theta,
                    theta,
                    embedding(i),
                    first ? zeros : memory,
                    first ? 0 : (i - 1) * width,
                    memory,
                    i * width,
                    forthTape,
                    i * net.forth.tape());
        }
        for (int i = length - 1; i >= 0; i--) {
            boolean first = i == length - 1;
            net.back.forward(
                    theta,
                    theta,
                    embedding(i),
                    first ? zeros : memory,
                    first ? 0 : (i + 1) * width + half,
                    memory,
                    i * width + half,
                    backTape,
                    i * net.back.tape());
        }
    }

    /** Adds to the gradient, of dm; changes dm. */
    void addBackward(float[] theta, float[] dm, float[] gradient) {
        float[] nobody = new float[half];
        for (int i = length - 1; i >= 0; i--) {
            boolean first = i == 0;
            int before = first ? 0 : (i - 1) * width;
            net.forth.addBackward(
                    theta,
                    theta,
                    embedding(i),
                    first ? zeros : memory,
                    before,
                    forthTape,
                    i * net.forth.tape(),
                    dm,
                    i * width,
                    gradient,
                    gradient,
                    embedding(i),
                    first ? nobody : dm,
                    before);
        }
        for (int i = 0; i < length; i++) {
            boolean first = i == length - 1;
            int before = first ? 0 : (i + 1) * width + half;
            net.back.addBackward(
                    theta,
                    theta,
                    embedding(i),
                    first ? zeros : memory,
                    before,
                    backTape,
                    i * net.back.tape(),
                    dm,
                    i * width + half,
                    gradient,
                    gradient,
                    embedding(i),
                    first ? nobody : dm,
                    before);
        }
    }

    private int embedding(int i) {
        return net.inputTokens + tokens[i] * net.embedding;
    }
}
