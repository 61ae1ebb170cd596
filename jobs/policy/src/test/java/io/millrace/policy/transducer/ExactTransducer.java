package io.millrace.policy.transducer;

import io.millrace.policy.Context;
import io.millrace.policy.ExactPolicy;
import io.millrace.policy.Policy;
import java.util.List;

/** Two decisions, of two input tokens and of one, with three emissions: 27 trajectories. */
public final class ExactTransducer implements ExactPolicy {

    private static final int EMISSIONS = 3;
    private static final int HASH_BITS = 6;
    private static final int WINDOW = 1;
    private static final int HISTORY = 1;

    private final WindowFeatures features = new WindowFeatures(WINDOW, HISTORY, HASH_BITS);

    @Override
    public Policy policy() {
        List<List<String>> emissions = List.of(List.of("X"), List.of(), List.of("Y", "Z"));
        return new TransducerPolicy(new TransducerModel(List.of("a", "b"), emissions, WINDOW, HISTORY, HASH_BITS, 10));
    }

    @Override
    public List<Context> contexts() {
        return List.of(new Context.Tokens(new int[] {0, 1}), new Context.Tokens(new int[] {1}));
    }

    @Override
    public List<int[]> outputs(Context context) {
        return ExactPolicy.sequences(((Context.Tokens) context).tokens().length, EMISSIONS);
    }

    @Override
    public double[] logProbs(float[] theta, Context context, int[] actions, double scale, double[] gradient) {
        int[] tokens = ((Context.Tokens) context).tokens();
        int[] rows = new int[tokens.length * features.count()];
        features.windowRows(tokens, rows, 0);
        double[] logProbs = new double[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            features.historyRows(i, actions, rows, 0);
            double[] logits = new double[EMISSIONS];
            double z = 0;
            for (int j = 0; j < EMISSIONS; j++) {
                for (int f = 0; f < features.count(); f++) {
                    logits[j] += theta[rows[i * features.count() + f] * EMISSIONS + j];
                }
                z += Math.exp(logits[j]);
            }
            for (int j = 0; j < EMISSIONS; j++) {
                double slope = (j == actions[i] ? 1 : 0) - Math.exp(logits[j]) / z;
                for (int f = 0; f < features.count(); f++) {
                    gradient[rows[i * features.count() + f] * EMISSIONS + j] += scale * slope;
                }
            }
            logProbs[i] = logits[actions[i]] - Math.log(z);
        }
        return logProbs;
    }
}
