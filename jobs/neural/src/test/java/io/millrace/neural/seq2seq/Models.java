package io.millrace.neural.seq2seq;

import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Policy;
import io.millrace.policy.Trajectory;
import io.millrace.policy.spec.ModelSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Small models of three input and four output tokens, and batches for them. */
final class Models {

    static final int INPUT = 3;
    static final int OUTPUT = 4;
    static final int END = OUTPUT;
    static final int MAX_INPUT = 6;
    static final int MAX_OUTPUT = 5;

    private Models() {}

    static Policy policy(Map<String, Object> changes) {
        return new Seq2SeqPolicyFactory().create(new ModelSpec(model(changes)));
    }

    static Map<String, Object> model(Map<String, Object> changes) {
        Map<String, Object> model = new HashMap<>();
        model.put("input", List.of("a", "b", "c"));
        model.put("output", List.of("W", "X", "Y", "Z"));
        model.put("max-input", MAX_INPUT);
        model.put("max-output", MAX_OUTPUT);
        model.put("width", 8);
        model.put("heads", 2);
        model.put("hidden", 12);
        model.put("encoder-layers", 2);
        model.put("decoder-layers", 2);
        model.putAll(changes);
        return model;
    }

    /** θ₀ with noise, so that no bias is zero and no distribution uniform. */
    static float[] theta(Policy policy, RandomGenerator random) {
        float[] theta = new float[policy.layout().size()];
        policy.initialize(theta, 3);
        for (int i = 0; i < theta.length; i++) {
            theta[i] += (float) random.nextDouble(-0.15, 0.15);
        }
        return theta;
    }

    /** Trajectories of one or two decisions, of every length there is. */
    static Batch batch(RandomGenerator random, int size) {
        var batch = new Batch();
        for (int t = 0; t < size; t++) {
            List<Decision> decisions = new ArrayList<>();
            for (int d = 0; d <= t % 2; d++) {
                decisions.add(decision(random));
            }
            batch.add(new Trajectory(decisions), random.nextDouble(-1, 1));
        }
        return batch;
    }

    private static Decision decision(RandomGenerator random) {
        int[] tokens = random.ints(1 + random.nextInt(MAX_INPUT), 0, INPUT).toArray();
        int[] actions = random.ints(1 + random.nextInt(MAX_OUTPUT), 0, OUTPUT).toArray();
        if (actions.length < MAX_OUTPUT || random.nextBoolean()) {
            actions[actions.length - 1] = END;
        }
        return new Decision(new Context.Tokens(tokens), actions, new float[actions.length]);
    }
}
