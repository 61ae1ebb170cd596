package io.millrace.policy.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.spec.OptimizerSpec;
import io.millrace.policy.spec.OptimizerSpec.Kind;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptimizerTest {

    private static final ParameterLayout LAYOUT = ParameterLayout.of("weights", 5, 3);
    private static final float SCALE = 0.25f;
    private static final double RATE = 0.1;
    private static final double BETA1 = 0.8;
    private static final double BETA2 = 0.9;
    private static final double EPSILON = 1e-3;
    private static final double INITIAL = 0.5;
    private static final int STEPS = 30;

    /** The textbook's update of one element, in doubles, of a gradient that touches it in every step. */
    private interface Reference {
        double step(double gradient, double[] moments, int step);
    }

    private static Reference reference(Kind kind) {
        return switch (kind) {
            case SGD -> (g, m, t) -> RATE * g;
            case ADAGRAD ->
                (g, m, t) -> {
                    m[0] += g * g;
                    return RATE * g / (Math.sqrt(INITIAL + m[0]) + EPSILON);
                };
            case ADAM ->
                (g, m, t) -> {
                    m[0] = BETA1 * m[0] + (1 - BETA1) * g;
                    m[1] = BETA2 * m[1] + (1 - BETA2) * g * g;
                    double first = m[0] / (1 - Math.pow(BETA1, t));
                    double second = m[1] / (1 - Math.pow(BETA2, t));
                    return RATE * first / (Math.sqrt(second) + EPSILON);
                };
        };
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void agreesWithTheDenseTextbookWhereEveryRowIsTouched(Kind kind) {
        Optimizer optimizer = optimizer(kind);
        float[][] moments = new float[optimizer.moments()][LAYOUT.size()];
        double[][] expectedMoments = new double[LAYOUT.size()][2];
        double[] expected = new double[LAYOUT.size()];
        var pending = new GradientAccumulator(LAYOUT);
        var random = new SplittableRandom(1);
        for (int t = 1; t <= STEPS; t++) {
            GradientAccumulator gradient = gradient(random, 0, 1, 2, 3, 4);
            optimizer.step(gradient.toSparseRows(), SCALE, moments, t, pending);
            for (int i = 0; i < expected.length; i++) {
                expected[i] += reference(kind).step(SCALE * gradient.values()[i], expectedMoments[i], t);
            }
        }

        for (int i = 0; i < expected.length; i++) {
            assertThat((double) pending.values()[i]).isEqualTo(expected[i], within(1e-4));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void leavesUntouchedRowsAndTheirMomentsAlone(Kind kind) {
        Optimizer optimizer = optimizer(kind);
        float[][] moments = new float[optimizer.moments()][LAYOUT.size()];
        var pending = new GradientAccumulator(LAYOUT);
        optimizer.step(gradient(new SplittableRandom(1), 1, 3).toSparseRows(), SCALE, moments, 1, pending);
        float[] step = pending.values().clone();
        float[][] before = Arrays.stream(moments).map(float[]::clone).toArray(float[][]::new);

        optimizer.step(gradient(new SplittableRandom(2), 1).toSparseRows(), SCALE, moments, 2, pending);

        assertThat(pending.touchedRows()).isEqualTo(2);
        assertThat(rows(pending.values(), 2, 5)).isEqualTo(rows(step, 2, 5));
        assertThat(rows(pending.values(), 0, 1)).containsOnly(0f);
        assertThat(rows(pending.values(), 1, 2)).isNotEqualTo(rows(step, 1, 2));
        for (int m = 0; m < moments.length; m++) {
            assertThat(rows(moments[m], 2, 5)).isEqualTo(rows(before[m], 2, 5));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void goesOnFromRestoredMomentsBitForBit(Kind kind) {
        Optimizer optimizer = optimizer(kind);
        float[][] moments = new float[optimizer.moments()][LAYOUT.size()];
        optimizer.step(
                gradient(new SplittableRandom(1), 0, 4).toSparseRows(),
                SCALE,
                moments,
                1,
                new GradientAccumulator(LAYOUT));
        float[][] restored = Arrays.stream(moments).map(float[]::clone).toArray(float[][]::new);
        var pending = new GradientAccumulator(LAYOUT);
        var pendingAfterRestore = new GradientAccumulator(LAYOUT);

        optimizer.step(gradient(new SplittableRandom(2), 0, 2).toSparseRows(), SCALE, moments, 2, pending);
        optimizer(kind)
                .step(gradient(new SplittableRandom(2), 0, 2).toSparseRows(), SCALE, restored, 2, pendingAfterRestore);

        assertThat(pendingAfterRestore.values()).isEqualTo(pending.values());
        assertThat(restored).isDeepEqualTo(moments);
    }

    @Test
    void adaGradStaysFiniteOnAGradientOfZeroWithoutAnInitialAccumulator() {
        var spec = new OptimizerSpec(Kind.ADAGRAD, RATE, 0, 1, BETA1, BETA2, 1e-8, 0);
        var zero = new GradientAccumulator(LAYOUT);
        zero.touch(2);
        var pending = new GradientAccumulator(LAYOUT);

        Optimizer.of(spec, LAYOUT).step(zero.toSparseRows(), 1, new float[1][LAYOUT.size()], 1, pending);

        assertThat(pending.values()).containsOnly(0f);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void stepsAtTheLearningRateOfTheStep(Kind kind) {
        var decaying = Optimizer.of(new OptimizerSpec(kind, RATE, 10, 0.2, BETA1, BETA2, EPSILON, INITIAL), LAYOUT);
        long late = 6; // half way from 1 to 0.2

        float[] plain = firstStep(optimizer(kind), late);
        float[] less = firstStep(decaying, late);

        for (int i = 0; i < plain.length; i++) {
            assertThat(less[i]).isEqualTo(0.6f * plain[i], within(1e-6f));
        }
        assertThat(firstStep(decaying, 1)).isEqualTo(firstStep(optimizer(kind), 1));
    }

    private static float[] firstStep(Optimizer optimizer, long number) {
        var pending = new GradientAccumulator(LAYOUT);
        float[][] moments = new float[optimizer.moments()][LAYOUT.size()];
        optimizer.step(gradient(new SplittableRandom(1), 0, 4).toSparseRows(), SCALE, moments, number, pending);
        return pending.values();
    }

    @Test
    void theLearningRateFallsAlongALineAndStays() {
        var spec = new OptimizerSpec(Kind.SGD, 2, 4, 0.5, BETA1, BETA2, EPSILON, INITIAL);

        assertThat(spec.learningRate(1)).isEqualTo(2);
        assertThat(spec.learningRate(3)).isEqualTo(1.5);
        assertThat(spec.learningRate(5)).isEqualTo(1);
        assertThat(spec.learningRate(Long.MAX_VALUE)).isEqualTo(1);
    }

    private static Optimizer optimizer(Kind kind) {
        return Optimizer.of(new OptimizerSpec(kind, RATE, 0, 1, BETA1, BETA2, EPSILON, INITIAL), LAYOUT);
    }

    private static GradientAccumulator gradient(SplittableRandom random, int... rows) {
        var gradient = new GradientAccumulator(LAYOUT);
        for (int row : rows) {
            gradient.touch(row);
            for (int j = row * LAYOUT.rowWidth(); j < (row + 1) * LAYOUT.rowWidth(); j++) {
                gradient.values()[j] = (float) random.nextDouble(-2, 2);
            }
        }
        return gradient;
    }

    private static float[] rows(float[] vector, int from, int to) {
        return Arrays.copyOfRange(vector, from * LAYOUT.rowWidth(), to * LAYOUT.rowWidth());
    }
}
