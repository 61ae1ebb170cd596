package io.millrace.bench.curves.gru;

import io.millrace.neural.matrix.Floats;
import io.millrace.policy.optimizer.Optimizer;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.spec.OptimizerSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Learns outputs from demonstrations with a {@link GruNetwork} and Adam, in batches of 64. One thread. */
public final class GruSpeller {

    private static final int BATCH = 64;
    private static final int LIMIT = 40;

    private final List<String> inputs;
    private final List<String> outputs;
    private final GruNetwork network;
    private final GruPass pass;
    private final float[] theta;
    private final ParameterLayout layout;
    private final GradientAccumulator gradient;
    private final GradientAccumulator pending;
    private final float[][] moments;
    private long steps;
    private int taken;

    /**
     * Begins from a random θ₀.
     *
     * @param embedding numbers that stand for a token
     * @param hidden numbers of the decoder's state; even
     */
    public GruSpeller(List<String> inputs, List<String> outputs, int embedding, int hidden, long seed) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.network = new GruNetwork(inputs.size(), outputs.size(), embedding, hidden);
        this.pass = new GruPass(network, LIMIT);
        this.theta = network.initial(seed);
        this.layout = ParameterLayout.of("gru", 1, network.size());
        this.gradient = new GradientAccumulator(layout);
        this.pending = new GradientAccumulator(layout);
        this.moments = new float[Optimizer.of(adam(1), layout).moments()][network.size()];
    }

    /** Number of parameters. */
    public int parameters() {
        return network.size();
    }

    /** Follows one demonstration; every 64th is followed by a step. */
    public void demonstrate(List<String> input, List<String> output, double learningRate) {
        int[] actions = Arrays.copyOf(indices(outputs, output), output.size() + 1);
        actions[output.size()] = outputs.size();
        pass.logLikelihood(theta, indices(inputs, input), actions);
        gradient.touch(0);
        pass.addGradient(theta, actions, gradient.values());
        if (++taken % BATCH == 0) {
            Optimizer.of(adam(learningRate), layout).step(gradient.drain(), 1f / BATCH, moments, ++steps, pending);
            Floats.addScaled(1, pending.values(), 0, theta, 0, theta.length);
            pending.clear();
        }
    }

    /** The output whose every token is the likeliest after those before it. */
    public List<String> likeliest(List<String> input) {
        return IntStream.of(pass.likeliest(theta, indices(inputs, input)))
                .mapToObj(outputs::get)
                .toList();
    }

    private static int[] indices(List<String> vocabulary, List<String> tokens) {
        return tokens.stream().mapToInt(vocabulary::indexOf).toArray();
    }

    private static OptimizerSpec adam(double learningRate) {
        return new OptimizerSpec(OptimizerSpec.Kind.ADAM, learningRate, 0, 0, 0.9, 0.999, 1e-8, 0);
    }
}
