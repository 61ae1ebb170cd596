package io.millrace.neural.mlp;

import java.util.random.RandomGenerator;

/** Random orthonormal vectors, by the modified Gram–Schmidt method, done twice (Giraud, Langou and Rozložník 2005). */
final class Orthonormal {

    /** So many uniform numbers have a variance of 1 and a sum near enough to normal for any direction to be as likely. */
    private static final int UNIFORMS = 12;

    private Orthonormal() {}

    /**
     * Draws vectors.
     *
     * @param count at most {@code length}
     * @return [count × length]
     */
    static double[][] vectors(int count, int length, RandomGenerator random) {
        double[][] vectors = new double[count][];
        for (int i = 0; i < count; i++) {
            double[] vector = draw(length, random);
            for (int round = 0; round < 2; round++) {
                for (int j = 0; j < i; j++) {
                    subtractProjection(vector, vectors[j]);
                }
                divide(vector, Math.sqrt(dot(vector, vector)));
            }
            vectors[i] = vector;
        }
        return vectors;
    }

    private static double[] draw(int length, RandomGenerator random) {
        double[] vector = new double[length];
        for (int i = 0; i < length; i++) {
            double sum = -UNIFORMS / 2.0;
            for (int k = 0; k < UNIFORMS; k++) {
                sum += random.nextDouble();
            }
            vector[i] = sum;
        }
        return vector;
    }

    private static void subtractProjection(double[] vector, double[] unit) {
        double product = dot(vector, unit);
        for (int i = 0; i < vector.length; i++) {
            vector[i] -= product * unit[i];
        }
    }

    private static void divide(double[] vector, double by) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= by;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
