package io.millrace.neural.mlp;

import io.millrace.policy.ActionScores;
import io.millrace.policy.ActionWeights;
import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Policy;
import io.millrace.policy.Trajectory;
import io.millrace.policy.Weighting;
import io.millrace.policy.spec.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Small networks and batches for tests. */
final class Mlps {

    static final int INPUTS = 3;
    static final List<String> ACTIONS = List.of("left", "stay", "right");

    private Mlps() {}

    static Policy policy(String activation, String trunk, List<Integer> hidden) {
        return policy(Map.of(
                "inputs", INPUTS, "actions", ACTIONS, "hidden", hidden, "activation", activation, "trunk", trunk));
    }

    static Policy policy(Map<String, Object> model) {
        return new MlpPolicyFactory().create(new ModelSpec(model));
    }

    /** Trajectories of 1, 2, 3, … decisions at random states. */
    static Batch batch(int trajectories, SplittableRandom random) {
        var batch = new Batch();
        for (int t = 0; t < trajectories; t++) {
            batch.add(trajectory(1 + t % 5, random), 1);
        }
        return batch;
    }

    static Trajectory trajectory(int decisions, SplittableRandom random) {
        List<Decision> list = new ArrayList<>();
        for (int d = 0; d < decisions; d++) {
            list.add(decision(state(random), random.nextInt(ACTIONS.size())));
        }
        return new Trajectory(list);
    }

    static Decision decision(Context context, int action) {
        return new Decision(context, new int[] {action}, new float[] {-1});
    }

    static Context.Dense state(SplittableRandom random) {
        float[] values = new float[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            values[i] = (float) random.nextDouble(-2, 2);
        }
        return new Context.Dense(values);
    }

    /** Given weights for the actions of the batch in order. */
    record Fixed(Batch batch, double[] w, double[] u, double entropyBonus) implements Weighting {

        static Fixed random(Batch batch, double entropyBonus, SplittableRandom random) {
            double[] w = random.doubles(batch.actions(), -1, 1).toArray();
            double[] u = random.doubles(batch.actions(), -1, 1).toArray();
            return new Fixed(batch, w, u, entropyBonus);
        }

        @Override
        public void weigh(int trajectory, ActionScores scores, ActionWeights weights) {
            int first = 0;
            for (int t = 0; t < trajectory; t++) {
                first += batch.trajectory(t).decisions().size();
            }
            for (int i = 0; i < scores.length(); i++) {
                weights.setPolicy(i, (float) w[first + i]);
                weights.setValue(i, (float) u[first + i]);
            }
        }

        @Override
        public double entropyBonus(int trajectory) {
            return entropyBonus;
        }
    }
}
