package io.millrace.neural.mlp;

import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.parameters.ParameterLayout.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Where the layers of an mlp lie in θ: the hidden layers of the policy, its head, those of the value, its head; each as
 * weights, then biases. A last tensor of zeros, which nothing reads, fills the last row.
 */
final class MlpLayout {

    /** A dense gradient touches all rows, so they are as long as a block of a quantised delta. */
    static final int ROW_WIDTH = 64;

    /** Uniform policies and small values at the start learn faster than others (Andrychowicz et al. 2021, section 3.2). */
    private static final double POLICY_HEAD_GAIN = 0.01;

    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();
    private final List<Layer> policyHidden;
    private final Layer policyHead;
    private final List<Layer> valueHidden;
    private final Layer valueHead;
    private final ParameterLayout parameters;
    private int size;

    MlpLayout(MlpModel model) {
        boolean shared = model.trunk() == Trunk.SHARED;
        policyHidden = hidden(shared ? "trunk" : "policy", model);
        int before = model.hidden().isEmpty()
                ? model.inputs()
                : policyHidden.get(policyHidden.size() - 1).outputs();
        policyHead = layer("policy.head", before, model.actions().size(), POLICY_HEAD_GAIN);
        valueHidden = shared ? policyHidden : hidden("value", model);
        valueHead = layer("value.head", before, 1, 1);
        pad();
        parameters = new ParameterLayout(tensors, ROW_WIDTH);
    }

    private List<Layer> hidden(String name, MlpModel model) {
        List<Layer> stack = new ArrayList<>();
        int before = model.inputs();
        for (int width : model.hidden()) {
            stack.add(layer(
                    name + "." + stack.size(), before, width, model.activation().gain()));
            before = width;
        }
        return List.copyOf(stack);
    }

    private Layer layer(String name, int inputs, int outputs, double gain) {
        tensors.add(new Tensor(name + ".weight", inputs, outputs));
        tensors.add(new Tensor(name + ".bias", 1, outputs));
        var layer = new Layer(inputs, outputs, size, size + inputs * outputs, gain);
        size += (inputs + 1) * outputs;
        layers.add(layer);
        return layer;
    }

    private void pad() {
        int missing = Math.floorMod(-size, ROW_WIDTH);
        if (missing > 0) {
            tensors.add(new Tensor("padding", 1, missing));
        }
    }

    ParameterLayout parameters() {
        return parameters;
    }

    List<Layer> policyHidden() {
        return policyHidden;
    }

    Layer policyHead() {
        return policyHead;
    }

    /** The very same as {@link #policyHidden} when they are shared. */
    List<Layer> valueHidden() {
        return valueHidden;
    }

    Layer valueHead() {
        return valueHead;
    }

    /**
     * Weights uniform with a variance of gain² / inputs (LeCun et al. 1998; He et al. 2015 for the gain of relu), biases 0.
     * Only sums, products and square roots, which are the same bits on every machine.
     */
    void initialize(float[] theta, long seed) {
        var random = new SplittableRandom(seed);
        Arrays.fill(theta, 0f);
        for (Layer layer : layers) {
            double bound = layer.gain() * Math.sqrt(3.0 / layer.inputs());
            for (int i = layer.weightAt(); i < layer.biasAt(); i++) {
                theta[i] = (float) (bound * (2 * random.nextDouble() - 1));
            }
        }
    }
}
