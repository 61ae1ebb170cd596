package io.millrace.neural.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProductsTest {

    private static final int N = 5;
    private static final int K = 7;
    private static final int M = 3;

    private final SplittableRandom random = new SplittableRandom(1);
    private final float[] a = randomVector(N * K);
    private final float[] b = randomVector(K * M);

    @Test
    void multipliesWhatItSays() {
        Matrix c = whole(N, M, randomVector(N * M));
        Products.multiply(whole(N, K, a), whole(K, M, b), 0, c);
        assertElements(c, product(a, b), 1);

        Products.multiplyTransposedA(whole(K, N, transposed(a, N, K)), whole(K, M, b), 1, c);
        assertElements(c, product(a, b), 2);

        Products.multiplyTransposedB(whole(N, K, a), whole(M, K, transposed(b, K, M)), 1, c);
        assertElements(c, product(a, b), 3);
    }

    @Test
    void multipliesBlocksOfOneMemory() {
        var floats = new NativeFloats();
        floats.reserve(100);
        var wide = new Matrix(floats, 1, N, K + 2);
        for (int i = 0; i < N; i++) {
            floats.write(a, i * K, wide.rowRange(i, 1).at() + 1, K);
        }
        var right = new Matrix(floats, 1 + N * (K + 2), K, M);
        right.write(b, 0);
        var c = new Matrix(floats, 1 + N * (K + 2) + K * M, N, M);

        Products.multiply(wide.columnRange(1, K), right, 0, c);
        assertElements(c, product(a, b), 1);

        Products.multiply(wide.columnRange(1, K).rowRange(2, 2), right, 1, c.rowRange(2, 2));
        float[] read = new float[N * M];
        c.read(read, 0);
        for (int i = 0; i < N * M; i++) {
            int times = i / M == 2 || i / M == 3 ? 2 : 1;
            assertThat((double) read[i]).isEqualTo(times * product(a, b)[i], within(1e-5));
        }
    }

    @Test
    void refusesShapesThatDoNotFit() {
        Matrix left = whole(N, K, a);
        Matrix right = whole(K, M, b);
        Matrix c = whole(N, M, new float[N * M]);
        assertThatThrownBy(() -> Products.multiply(right, left, 0, c))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("A B: expected shapes that fit, found A [7 × 3], B [5 × 7], C [5 × 3]");
        assertThatThrownBy(() -> Products.multiplyTransposedA(left, right, 0, c))
                .hasMessageStartingWith("Aᵀ B: expected");
        assertThatThrownBy(() -> Products.multiplyTransposedB(left, right, 0, c))
                .hasMessageStartingWith("A Bᵀ: expected");
    }

    @Test
    void refusesToLeaveItsMemory() {
        Matrix left = whole(N, K, a);
        Matrix beyond = new Matrix(left.floats(), left.floats().capacity() - 1, 1, 2);
        assertThatThrownBy(() -> beyond.write(new float[2], 0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageStartingWith("native floats: expected a range below");
        assertThatThrownBy(() -> left.columnRange(0, 2).read(new float[N * 2], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected rows without gaps");
        left.floats().close();
        assertThatThrownBy(() -> left.read(new float[N * K], 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static Matrix whole(int rows, int columns, float[] values) {
        var floats = new NativeFloats();
        floats.reserve(values.length);
        var matrix = new Matrix(floats, 0, rows, columns);
        matrix.write(values, 0);
        return matrix;
    }

    private static void assertElements(Matrix matrix, double[] expected, int times) {
        float[] read = new float[expected.length];
        matrix.read(read, 0);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) read[i]).as("element %d", i).isEqualTo(times * expected[i], within(1e-5));
        }
    }

    private static double[] product(float[] a, float[] b) {
        double[] c = new double[N * M];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < M; j++) {
                for (int k = 0; k < K; k++) {
                    c[i * M + j] += (double) a[i * K + k] * b[k * M + j];
                }
            }
        }
        return c;
    }

    private static float[] transposed(float[] matrix, int rows, int columns) {
        float[] out = new float[matrix.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[j * rows + i] = matrix[i * columns + j];
            }
        }
        return out;
    }

    private float[] randomVector(int length) {
        float[] vector = new float[length];
        for (int i = 0; i < length; i++) {
            vector[i] = (float) random.nextDouble(-1, 1);
        }
        return vector;
    }
}
