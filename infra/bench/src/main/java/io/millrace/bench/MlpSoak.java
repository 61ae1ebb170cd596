package io.millrace.bench;

import io.millrace.policy.ActionScores;
import io.millrace.policy.ActionWeights;
import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Policies;
import io.millrace.policy.Policy;
import io.millrace.policy.Trajectory;
import io.millrace.policy.Weighting;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.PolicyDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Prints the resident memory of this process while an mlp learns from 10,000 batches of changing sizes. Linux only. */
public final class MlpSoak {

    private static final int BATCHES = 10_000;
    private static final int LARGEST = 512;

    private MlpSoak() {}

    /**
     * Runs for about ten seconds.
     *
     * @throws IOException when the system does not say how much memory it uses
     */
    public static void main(String[] args) throws IOException {
        Policy policy = Policies.create(PolicyDefinition.parse("""
                {"policy": "control", "kind": "mlp", "model": {"inputs": 8, "actions": ["a", "b"]}}
                """));
        float[] theta = new float[policy.layout().size()];
        policy.initialize(theta, 7);
        var gradient = new GradientAccumulator(policy.layout());
        var random = new SplittableRandom(1);
        var batch = new Batch();
        for (int i = 0; i <= BATCHES; i++) {
            batch.clear();
            for (int rows = random.nextInt(1, LARGEST); rows > 0; rows--) {
                float[] state = new float[8];
                state[rows % 8] = random.nextInt(2);
                batch.add(Trajectory.of(new Decision(new Context.Dense(state), new int[1], new float[1])), 1);
            }
            policy.gradient(new Parameters(theta, 1, 1), batch, ONE, gradient);
            gradient.clear();
            if (i % 1000 == 0) {
                System.out.println(i + " batches: " + resident());
            }
        }
    }

    private static String resident() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS")).findFirst().orElse("unknown");
        }
    }

    private static final Weighting ONE = new Weighting() {
        @Override
        public void weigh(int trajectory, ActionScores scores, ActionWeights weights) {
            weights.setPolicy(0, 1);
            weights.setValue(0, 1);
        }

        @Override
        public double entropyBonus(int trajectory) {
            return 0.01;
        }
    };
}
