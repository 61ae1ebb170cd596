package io.millrace.policy.value;

import io.millrace.policy.value.ValueEstimate.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sums over trajectories τ that a behaviour policy μ generated, for estimates of the value of a target policy π; with
 * w = π(τ)/μ(τ), R the reward and q a reward model:
 *
 * <pre>
 * IPS                   v = Σ w R / n
 * self-normalised IPS   v = Σ w R / Σ w
 * doubly robust         v = Σ (Σ_a π(a) q(a) + w (R − q(a_τ))) / n
 * </pre>
 *
 * <p>The last is unbiased for any q, since E[w q] is the first term. The intervals are asymptotic normal
 * ones; the variance of the second is by the delta method (Owen 2013, equation 9.9).
 *
 * <p>{@link #forget} makes older trajectories count less. A trajectory then has a weight a in every sum, and the variances
 * need its square, so there are two columns: Σ a x and Σ a² x. Not more than this array is kept between updates.
 */
public final class ValueSums {

    /** Trajectories after which what came before counts half. */
    public static final double HALF_LIFE = 10_000;

    /** More than one trajectory, by a margin for rounding. */
    private static final double ENOUGH = 1.5;

    private static final int N = 0;
    private static final int W = 1;
    private static final int WR = 2;
    private static final int MODELLED = 3;
    private static final int DR = 4;
    private static final int LINEAR = 5;

    private static final int N_2 = 5;
    private static final int WR_2 = 6;
    private static final int WW_2 = 7;
    private static final int WWR_2 = 8;
    private static final int WWRR_2 = 9;
    private static final int MODELLED_2 = 10;
    private static final int DR_2 = 11;
    private static final int DRDR_2 = 12;

    /** Numbers that say all. */
    public static final int LENGTH = 13;

    private final double[] sums;

    public ValueSums() {
        this(new double[LENGTH]);
    }

    /** Goes on from {@link #toArray}. */
    public ValueSums(double[] sums) {
        if (sums.length != LENGTH) {
            throw new IllegalArgumentException("value sums: expected " + LENGTH + " numbers, found " + sums.length
                    + "; they are of another release");
        }
        this.sums = sums.clone();
    }

    public double[] toArray() {
        return sums.clone();
    }

    public boolean isEmpty() {
        return sums[N] == 0;
    }

    /**
     * Takes a trajectory without a reward model.
     *
     * @param weight π(τ)/μ(τ), finite and at least 0
     */
    public void add(double weight, double reward) {
        double product = weight * reward;
        sums[N]++;
        sums[W] += weight;
        sums[WR] += product;
        sums[N_2]++;
        sums[WR_2] += product;
        sums[WW_2] += weight * weight;
        sums[WWR_2] += weight * product;
        sums[WWRR_2] += product * product;
    }

    /**
     * Takes a trajectory that a reward model had an opinion of. A critic's V is both.
     *
     * @param expected q of the target policy, Σ_a π(a) q(a)
     * @param taken q of what was done
     */
    public void add(double weight, double reward, double expected, double taken) {
        add(weight, reward);
        double robust = expected + weight * (reward - taken);
        sums[MODELLED]++;
        sums[DR] += robust;
        sums[MODELLED_2]++;
        sums[DR_2] += robust;
        sums[DRDR_2] += robust * robust;
    }

    public void add(ValueSums other) {
        for (int i = 0; i < LENGTH; i++) {
            sums[i] += other.sums[i];
        }
    }

    /** Lets what is known count for less, as {@code trajectories} more have come. */
    public void forget(long trajectories) {
        double kept = Math.pow(0.5, trajectories / HALF_LIFE);
        for (int i = 0; i < LENGTH; i++) {
            sums[i] *= i < LINEAR ? kept : kept * kept;
        }
    }

    public void clear() {
        Arrays.fill(sums, 0);
    }

    /** What can be said: nothing before the second trajectory, nothing self-normalised of weights that are all 0. */
    public List<ValueEstimate> estimates() {
        List<ValueEstimate> estimates = new ArrayList<>(3);
        double size = sums[WW_2] > 0 ? sums[W] * sums[W] / sums[WW_2] : 0;
        if (effective(sums[N], sums[N_2]) > ENOUGH) {
            double mean = sums[WR] / sums[N];
            double spread = sums[WWRR_2] - 2 * mean * sums[WR_2] + mean * mean * sums[N_2];
            estimates.add(normal(Method.IPS, mean, spread / square(sums[N]), size));
            if (sums[W] > 0) {
                double ratio = sums[WR] / sums[W];
                double residual = sums[WWRR_2] - 2 * ratio * sums[WWR_2] + ratio * ratio * sums[WW_2];
                estimates.add(normal(Method.SELF_NORMALISED_IPS, ratio, residual / square(sums[W]), size));
            }
        }
        if (effective(sums[MODELLED], sums[MODELLED_2]) > ENOUGH) {
            double mean = sums[DR] / sums[MODELLED];
            double spread = sums[DRDR_2] - 2 * mean * sums[DR_2] + mean * mean * sums[MODELLED_2];
            estimates.add(normal(Method.DOUBLY_ROBUST, mean, spread / square(sums[MODELLED]), size));
        }
        return estimates;
    }

    /** With Bessel's correction for as many trajectories as the forgetting leaves. */
    private ValueEstimate normal(Method method, double value, double variance, double size) {
        double n = effective(sums[N], sums[N_2]);
        return ValueEstimate.normal(method, value, variance * n / (n - 1), size);
    }

    private static double effective(double linear, double squared) {
        return squared > 0 ? linear * linear / squared : 0;
    }

    private static double square(double x) {
        return x * x;
    }
}
