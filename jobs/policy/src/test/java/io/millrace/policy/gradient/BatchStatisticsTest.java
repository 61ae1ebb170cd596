package io.millrace.policy.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

class BatchStatisticsTest {

    @Test
    void everySumIsWrittenReadAddedAndCleared() throws Exception {
        BatchStatistics full = full();
        var bytes = new ByteArrayOutputStream();
        full.write(new DataOutputStream(bytes));

        BatchStatistics read = read(bytes.toByteArray());
        assertThat(read).usingRecursiveComparison().isEqualTo(full);

        read.add(full);
        for (Field field : BatchStatistics.class.getFields()) {
            double once = ((Number) field.get(full)).doubleValue();
            assertThat(((Number) field.get(read)).doubleValue())
                    .as(field.getName())
                    .isEqualTo(2 * once);
        }
        read.clear();
        assertThat(read).usingRecursiveComparison().isEqualTo(new BatchStatistics());
    }

    @Test
    void divideByWhatTheyCount() {
        var stats = new BatchStatistics();
        stats.trajectories = 10;
        stats.demonstrations = 2;
        stats.vetoed = 3;
        stats.actions = 20;
        stats.advantageSum = 10;
        stats.advantageSquaredSum = 65;
        stats.entropySum = 5;
        stats.klSum = 4;
        stats.referenceKlSum = 2.5;
        stats.clipped = 1.25;
        stats.masked = 4;
        stats.weightSum = 6;
        stats.weightSquaredSum = 9;

        assertThat(stats.generated()).isEqualTo(8);
        assertThat(stats.advantageMean()).isEqualTo(2);
        assertThat(stats.advantageStd()).isEqualTo(3);
        assertThat(stats.entropy()).isEqualTo(0.25);
        assertThat(stats.approximateKl()).isEqualTo(0.5);
        assertThat(stats.referenceKl()).isEqualTo(0.5);
        assertThat(stats.clippedFraction()).isEqualTo(0.25);
        assertThat(stats.maskedFraction()).isEqualTo(0.2);
        assertThat(stats.effectiveSampleSize()).isEqualTo(4);
    }

    @Test
    void explainedVarianceIsOneForAPerfectCriticAndZeroForAConstantOne() {
        assertThat(explained(new double[] {1, 2, 4}, new double[] {1, 2, 4})).isEqualTo(1);
        assertThat(explained(new double[] {1, 2, 4}, new double[] {7, 7, 7})).isEqualTo(0, within(1e-12));
        assertThat(explained(new double[] {1, 2, 4}, new double[] {4, 2, 1})).isNegative();
        assertThat(explained(new double[] {3, 3}, new double[] {1, 2})).isZero();
    }

    @Test
    void anEmptyBatchHasNoStatisticsThatAreNotFinite() {
        var none = new BatchStatistics();

        assertThat(none.advantageMean() + none.advantageStd() + none.entropy() + none.approximateKl())
                .isZero();
        assertThat(none.effectiveSampleSize() + none.explainedVariance() + none.valueLoss())
                .isZero();
    }

    private static double explained(double[] targets, double[] values) {
        var rollout = new Rollout();
        rollout.length = targets.length;
        rollout.targets = targets;
        rollout.values = values;
        var stats = new BatchStatistics();
        RolloutStatistics.addValues(rollout, stats);
        return stats.explainedVariance();
    }

    private static BatchStatistics full() throws IllegalAccessException {
        var stats = new BatchStatistics();
        int value = 1;
        for (Field field : BatchStatistics.class.getFields()) {
            if (field.getType() == long.class) {
                field.setLong(stats, value++);
            } else {
                field.setDouble(stats, value++ + 0.5);
            }
        }
        assertThat(value).isGreaterThan(15);
        return stats;
    }

    private static BatchStatistics read(byte[] bytes) throws IOException {
        return BatchStatistics.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
