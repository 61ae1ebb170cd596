package io.millrace.neural.seq2seq;

import io.millrace.policy.parameters.ParameterLayout;

/** Where the weights of a model lie in θ. Immutable, shared by forks. */
final class Weights {

    private final Tensors tensors;
    private final EncoderTensors encoder;
    private final DecoderTensors decoder;
    private final ParameterLayout layout;

    Weights(Seq2SeqModel model) {
        this.tensors = new Tensors(model.width());
        var plan = new TensorPlan(model, tensors);
        this.encoder = EncoderTensors.of(model, plan);
        this.decoder = DecoderTensors.of(model, plan);
        this.layout = tensors.layout();
    }

    EncoderTensors encoder() {
        return encoder;
    }

    DecoderTensors decoder() {
        return decoder;
    }

    ParameterLayout layout() {
        return layout;
    }

    void initialize(float[] theta, long seed) {
        tensors.initialize(theta, seed);
    }
}
