package io.millrace.policy.softmax;

import java.util.Arrays;

/**
 * Restricts a distribution to its likeliest outcomes: to the k likeliest (Fan, Lewis and Dauphin 2018) and, of these, to the
 * fewest that together have at least the share p (nucleus sampling, Holtzman et al. 2020). Of equally likely outcomes the
 * lowest index stays. Allocates nothing.
 */
public final class Truncation {

    private final float[] sorted;

    /** @param outcomes most outcomes of a distribution */
    public Truncation(int outcomes) {
        this.sorted = new float[outcomes];
    }

    /**
     * Sets the exponentials of all other outcomes to 0.
     *
     * @param exponentials at [at, at + n)
     * @param z their sum
     * @param topK how many may stay; 0: all
     * @param topP share that has to stay; 1: all
     * @return the sum of those that stay
     */
    public float restrict(float[] exponentials, int at, int n, float z, int topK, double topP) {
        int most = topK == 0 ? n : Math.min(topK, n);
        if (most == n && topP == 1) {
            return z;
        }
        System.arraycopy(exponentials, at, sorted, 0, n);
        Arrays.sort(sorted, 0, n);
        int kept = fewest(n, most, topP);
        return keep(exponentials, at, n, kept, sorted[n - kept]);
    }

    /** How many of the {@code most} greatest make up the share {@code topP} of these. */
    private int fewest(int n, int most, double topP) {
        if (topP == 1) {
            return most;
        }
        double mass = 0;
        for (int j = n - most; j < n; j++) {
            mass += sorted[j];
        }
        double sum = 0;
        int kept = 0;
        while (kept < most && sum < topP * mass) {
            sum += sorted[n - 1 - kept++];
        }
        return kept;
    }

    /** Keeps the {@code kept} greatest, of which the least is {@code least}. */
    private static float keep(float[] exponentials, int at, int n, int kept, float least) {
        int ties = kept;
        for (int j = at; j < at + n; j++) {
            ties -= exponentials[j] > least ? 1 : 0;
        }
        float sum = 0;
        for (int j = at; j < at + n; j++) {
            boolean stays = exponentials[j] > least || (exponentials[j] == least && ties-- > 0);
            if (stays) {
                sum += exponentials[j];
            } else {
                exponentials[j] = 0;
            }
        }
        return sum;
    }
}
