package io.millrace.bench.curves.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChoicePipelineIT {

    private static final int ROUNDS = 400;
    private static final int SEEDS = 2;

    /** Served and in memory, the rounds are the same and the draws are not. */
    @Test
    void earnsThroughThePipelineWhatItEarnsInMemory() throws InterruptedException {
        Problem tastes = new Tastes();

        Map<Problem, double[][]> played = new ChoicePipeline(Contestant.REWARD_REGRESSION_DEFINITION)
                .play(List.of(tastes), problem -> ROUNDS, 11, SEEDS, 4);

        double[][] served = played.getOrDefault(tastes, new double[0][]);
        double[][] inMemory = Contestant.REWARD_REGRESSION.play(tastes, ROUNDS, 11, SEEDS, 4);
        assertThat(served).hasDimensions(SEEDS, 4);
        assertThat(lastOf(served)).isEqualTo(lastOf(inMemory), within(0.12));
        assertThat(lastOf(served)).as("it has learned").isGreaterThan(firstOf(served));
    }

    private static double firstOf(double[][] rewards) {
        return Arrays.stream(rewards).mapToDouble(ofSeed -> ofSeed[0]).average().orElseThrow();
    }

    private static double lastOf(double[][] rewards) {
        return Arrays.stream(rewards)
                .mapToDouble(ofSeed -> ofSeed[ofSeed.length - 1])
                .average()
                .orElseThrow();
    }
}
