package io.millrace.simulator.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClosedLoopTest {

    private static final double TARGET_MILLIS = 250;

    private final ClosedLoop loop = new ClosedLoop(TARGET_MILLIS, 1_000, 50_000);

    @ParameterizedTest
    @ValueSource(doubles = {300, 1_000, 4_000, 8_000, 20_000})
    void findsTheCapacityOfTheSystemWithoutABacklog(double capacity) {
        Plant plant = new Plant(capacity);
        double worstLag = 0;
        double learned = 0;
        for (double second = 0; second < 300; second += Plant.STEP) {
            plant.step(loop.ratePerSecond());
            loop.observe(new Observation(Plant.STEP, plant.lagMillis(), loop.ratePerSecond(), 0));
            if (second > 60) {
                worstLag = Math.max(worstLag, plant.lagMillis());
                learned += plant.learned();
            }
        }

        assertThat(learned / 240).isBetween(0.85 * capacity, 1.01 * capacity);
        assertThat(worstLag).isLessThan(2 * TARGET_MILLIS);
    }

    @Test
    void recoversWhenTheMachineGetsSlowerAndFaster() {
        Plant plant = new Plant(8_000);
        run(plant, 120);
        plant.capacity = 4_000;
        run(plant, 60);
        assertThat(plant.lagMillis()).isLessThan(2 * TARGET_MILLIS);
        assertThat(loop.ratePerSecond()).isBetween(2_500.0, 4_500.0);

        plant.capacity = 8_000;
        run(plant, 60);
        assertThat(loop.ratePerSecond()).isGreaterThan(6_000);
    }

    @Test
    void doesNotRunAwayFromWhatTheGeneratorsAchieve() {
        for (int i = 0; i < 1_000; i++) {
            loop.observe(new Observation(0.2, 20, Math.min(loop.ratePerSecond(), 3_000), 0));
        }

        assertThat(loop.ratePerSecond()).isBetween(3_000.0, 3_000 * 1.25 * 1.3);
    }

    @Test
    void holdsTheRateWhileTheLagIsNotKnown() {
        loop.observe(new Observation(0.2, Double.NaN, 500, 0));

        assertThat(loop.ratePerSecond()).isEqualTo(1_000);
    }

    @Test
    void stepsBackWhenTheServiceRefuses() {
        loop.observe(new Observation(0.2, 20, 1_000, 3));

        assertThat(loop.ratePerSecond()).isEqualTo(200);
    }

    @Test
    void refusesATargetThatIsNone() {
        assertThatThrownBy(() -> new ClosedLoop(0, 1, 2)).hasMessageContaining("expected a positive target lag");
        assertThatThrownBy(() -> new ClosedLoop(250, 3, 2)).hasMessageContaining("initial rate <= ceiling");
    }

    private void run(Plant plant, double seconds) {
        for (double second = 0; second < seconds; second += Plant.STEP) {
            plant.step(loop.ratePerSecond());
            loop.observe(new Observation(Plant.STEP, plant.lagMillis(), loop.ratePerSecond(), 0));
        }
    }

    /**
     * A learner of a given capacity with users who answer after an exponential delay of 2 s: a low-pass, then a queue. The
     * lag is seen as the worst of the last second, as a quantile over a window would show it.
     */
    private static final class Plant {
        static final double STEP = 0.2;
        private static final double MEAN_DELAY_SECONDS = 2;
        private static final double LEAST_LAG_MILLIS = 60;

        double capacity;
        private double unanswered;
        private double queue;
        private double learned;
        private final double[] lags = new double[5];
        private int steps;

        Plant(double capacity) {
            this.capacity = capacity;
        }

        void step(double rate) {
            unanswered += rate * STEP;
            double answered = unanswered * (1 - Math.exp(-STEP / MEAN_DELAY_SECONDS));
            unanswered -= answered;
            queue += answered;
            learned = Math.min(queue, capacity * STEP);
            queue -= learned;
            lags[steps++ % lags.length] = LEAST_LAG_MILLIS + 1_000 * queue / capacity;
        }

        double learned() {
            return learned;
        }

        double lagMillis() {
            double worst = 0;
            for (double lag : lags) {
                worst = Math.max(worst, lag);
            }
            return worst;
        }
    }
}
