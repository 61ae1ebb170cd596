package io.millrace.neural.mlp;

import io.millrace.policy.spec.ModelSpec;
import java.util.List;

/**
 * What an mlp is made of.
 *
 * @param inputs numbers of a state
 * @param actions names of the actions
 * @param hidden units of each hidden layer
 */
record MlpModel(int inputs, List<String> actions, List<Integer> hidden, Activation activation, Trunk trunk) {

    MlpModel {
        actions = List.copyOf(actions);
        hidden = List.copyOf(hidden);
    }

    static MlpModel of(ModelSpec spec) {
        spec.refuseOthers(MlpKeys.ALL);
        var model = new MlpModel(
                spec.get(MlpKeys.INPUTS),
                spec.get(MlpKeys.ACTIONS),
                spec.get(MlpKeys.HIDDEN),
                spec.get(MlpKeys.ACTIVATION),
                spec.get(MlpKeys.TRUNK));
        ModelSpec.requireSize(model.parameters(), 1, "model.inputs, model.hidden and model.actions");
        return model;
    }

    /** Numbers of the widest layer, input and heads included. */
    int widest() {
        int widest = Math.max(inputs, actions.size());
        for (int width : hidden) {
            widest = Math.max(widest, width);
        }
        return widest;
    }

    /** An upper bound of the length of θ. */
    private long parameters() {
        long sum = 0;
        long before = inputs;
        for (int width : hidden) {
            sum += (before + 1) * width;
            before = width;
        }
        return 2 * sum + (before + 1) * (actions.size() + 1L) + MlpLayout.ROW_WIDTH;
    }
}
