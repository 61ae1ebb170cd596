package io.millrace.neural.mlp;

import io.millrace.neural.matrix.Matrix;
import io.millrace.neural.matrix.NativeFloats;

/** The whole network over many rows at once: forward to logits and values, backward from their slopes. One thread. */
final class Network {

    private final HiddenLayers policyHidden;
    private final Head policyHead;
    private final HiddenLayers valueHidden;
    private final Head valueHead;
    private final NativeTheta theta = new NativeTheta();
    private final NativeFloats inputs = new NativeFloats();
    private final NativeFloats hiddenSlopes = new NativeFloats();
    private final int width;

    private Matrix input;
    private Matrix policyTop;
    private Matrix valueTop;

    Network(MlpLayout layout, MlpModel model) {
        this.policyHidden = new HiddenLayers(layout.policyHidden(), model.activation());
        this.valueHidden = model.trunk() == Trunk.SHARED
                ? policyHidden
                : new HiddenLayers(layout.valueHidden(), model.activation());
        this.policyHead = new Head(layout.policyHead());
        this.valueHead = new Head(layout.valueHead());
        this.width = layout.policyHead().inputs();
        this.input = inputs.matrix(1, model.inputs());
        this.policyTop = input;
        this.valueTop = input;
    }

    void load(float[] values) {
        theta.load(values);
    }

    /** States [rows × inputs], row after row, for the passes to come. */
    void forward(float[] states, int rows) {
        input = inputs.matrix(rows, input.columns());
        input.write(states, 0);
        policyTop = policyHidden.forward(theta, input);
        valueTop = valueHidden == policyHidden ? policyTop : valueHidden.forward(theta, input);
    }

    /** Logits [rows × actions] after {@link #forward}; their slopes are to be written there. */
    float[] logits() {
        return policyHead.forward(theta, policyTop);
    }

    /** Values [rows] after {@link #forward}; their slopes are to be written there. */
    float[] values() {
        return valueHead.forward(theta, valueTop);
    }

    /** Adds the gradient, from the slopes that stand where the logits and values stood. */
    void backward(float[] gradient) {
        policyHead.backward(theta, policyTop, gradient);
        valueHead.backward(theta, valueTop, gradient);
        if (policyTop.equals(input)) {
            return;
        }
        Matrix slopes = hiddenSlopes.matrix(input.rows(), width);
        policyHead.inputSlopes(theta, 0, slopes);
        if (valueHidden != policyHidden) {
            policyHidden.backward(theta, input, slopes, gradient);
            slopes = hiddenSlopes.matrix(input.rows(), width);
            valueHead.inputSlopes(theta, 0, slopes);
        } else {
            valueHead.inputSlopes(theta, 1, slopes);
        }
        valueHidden.backward(theta, input, slopes, gradient);
    }
}
