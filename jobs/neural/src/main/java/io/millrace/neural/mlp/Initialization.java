package io.millrace.neural.mlp;

import java.util.random.RandomGenerator;

/** How weights begin. Only sums, products, quotients and square roots, which are the same bits on every machine. */
enum Initialization {
    /** Uniform with a variance of gain² / inputs (LeCun et al. 1998; He et al. 2015 for the gain of relu). */
    UNIFORM {
        @Override
        double gain(Activation activation) {
            return activation.gain();
        }

        @Override
        void fill(Layer layer, float[] theta, RandomGenerator random) {
            double bound = layer.gain() * Math.sqrt(3.0 / layer.inputs());
            for (int i = layer.weightAt(); i < layer.biasAt(); i++) {
                theta[i] = (float) (bound * (2 * random.nextDouble() - 1));
            }
        }
    },
    /**
     * gain times a matrix whose columns, or rows if they are fewer, are orthonormal (Saxe et al. 2014); with the gain √2 of
     * hidden layers that published implementations of PPO use for every activation (Huang et al. 2022, detail 2).
     */
    ORTHOGONAL {
        @Override
        double gain(Activation activation) {
            return Math.sqrt(2);
        }

        @Override
        void fill(Layer layer, float[] theta, RandomGenerator random) {
            int inputs = layer.inputs();
            int outputs = layer.outputs();
            boolean tall = inputs >= outputs;
            double[][] vectors = Orthonormal.vectors(Math.min(inputs, outputs), Math.max(inputs, outputs), random);
            for (int i = 0; i < inputs; i++) {
                for (int j = 0; j < outputs; j++) {
                    double value = tall ? vectors[j][i] : vectors[i][j];
                    theta[layer.weightAt() + i * outputs + j] = (float) (layer.gain() * value);
                }
            }
        }
    };

    /** The gain of hidden layers. */
    abstract double gain(Activation activation);

    /** Writes the weights of a layer, scaled by its gain. */
    abstract void fill(Layer layer, float[] theta, RandomGenerator random);
}
