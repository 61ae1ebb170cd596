package io.millrace.neural.mlp;

/** What a hidden unit does to its sum. Loops over arrays, which the compiler turns into vector instructions. */
enum Activation {
    TANH(1) {
        @Override
        void apply(float[] sums, int at, int count) {
            for (int i = at; i < at + count; i++) {
                sums[i] = FastTanh.of(sums[i]);
            }
        }

        /** tanh′ = 1 − tanh². */
        @Override
        void multiplySlope(float[] outputs, int count, float[] delta) {
            for (int i = 0; i < count; i++) {
                delta[i] *= 1 - outputs[i] * outputs[i];
            }
        }
    },
    RELU(Math.sqrt(2)) {
        @Override
        void apply(float[] sums, int at, int count) {
            for (int i = at; i < at + count; i++) {
                sums[i] = Math.max(0f, sums[i]);
            }
        }

        /** 0 at 0. */
        @Override
        void multiplySlope(float[] outputs, int count, float[] delta) {
            for (int i = 0; i < count; i++) {
                delta[i] = outputs[i] > 0 ? delta[i] : 0f;
            }
        }
    };

    private final double gain;

    Activation(double gain) {
        this.gain = gain;
    }

    /** By how much weights are scaled at the start. */
    double gain() {
        return gain;
    }

    /** From sums to outputs, in place. */
    abstract void apply(float[] sums, int at, int count);

    /** From slopes with respect to the outputs to those with respect to the sums, in place. */
    abstract void multiplySlope(float[] outputs, int count, float[] delta);
}
