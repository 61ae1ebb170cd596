package io.millrace.neural.mlp;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.parameters.ParameterLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** The network in doubles, one state at a time, written anew from the definition and the names of the tensors. */
final class ReferenceMlp {

    private final Map<String, Integer> offsets = new LinkedHashMap<>();
    private final Map<String, ParameterLayout.Tensor> tensors = new LinkedHashMap<>();
    private final DoubleUnaryOperator activation;
    private final boolean shared;

    ReferenceMlp(ParameterLayout layout, String activation, String trunk) {
        int at = 0;
        for (ParameterLayout.Tensor tensor : layout.tensors()) {
            offsets.put(tensor.name(), at);
            tensors.put(tensor.name(), tensor);
            at += tensor.size();
        }
        this.activation = activation.equals("tanh") ? Math::tanh : x -> Math.max(0, x);
        this.shared = trunk.equals("shared");
    }

    double[] logProbs(double[] theta, float[] state) {
        double[] logits = head(theta, shared ? "trunk" : "policy", "policy.head", state);
        double z = 0;
        for (double logit : logits) {
            z += Math.exp(logit);
        }
        for (int j = 0; j < logits.length; j++) {
            logits[j] -= Math.log(z);
        }
        return logits;
    }

    double value(double[] theta, float[] state) {
        return head(theta, shared ? "trunk" : "value", "value.head", state)[0];
    }

    static double entropy(double[] logProbs) {
        double sum = 0;
        for (double logProb : logProbs) {
            sum -= Math.exp(logProb) * logProb;
        }
        return sum;
    }

    /** Σ w log π(a) + β Σ H + Σ u V over the decisions in order. */
    double objective(double[] theta, Batch batch, double[] w, double[] u, double beta) {
        double sum = 0;
        int at = 0;
        for (int t = 0; t < batch.size(); t++) {
            for (Decision decision : batch.trajectory(t).decisions()) {
                float[] state = ((Context.Dense) decision.context()).values();
                double[] logProbs = logProbs(theta, state);
                sum += w[at] * logProbs[decision.actions()[0]] + beta * entropy(logProbs) + u[at] * value(theta, state);
                at++;
            }
        }
        return sum;
    }

    private double[] head(double[] theta, String stack, String head, float[] state) {
        double[] x = new double[state.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = state[i];
        }
        for (int l = 0; tensors.containsKey(stack + "." + l + ".weight"); l++) {
            x = sums(theta, stack + "." + l, x);
            for (int j = 0; j < x.length; j++) {
                x[j] = activation.applyAsDouble(x[j]);
            }
        }
        return sums(theta, head, x);
    }

    private double[] sums(double[] theta, String layer, double[] x) {
        ParameterLayout.Tensor weights =
                tensors.getOrDefault(layer + ".weight", new ParameterLayout.Tensor("none", 1, 1));
        int weightAt = offsets.getOrDefault(layer + ".weight", -1);
        int biasAt = offsets.getOrDefault(layer + ".bias", -1);
        double[] y = new double[weights.columns()];
        for (int j = 0; j < y.length; j++) {
            y[j] = theta[biasAt + j];
            for (int i = 0; i < weights.rows(); i++) {
                y[j] += x[i] * theta[weightAt + i * y.length + j];
            }
        }
        return y;
    }
}
