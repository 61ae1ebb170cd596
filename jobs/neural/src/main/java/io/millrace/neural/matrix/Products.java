package io.millrace.neural.matrix;

import io.millrace.neural.matrix.OpenBlas.Form;

/**
 * Products of matrices: C ← op(A) op(B) + β C, with β = 0 for a plain product and 1 for a sum.
 *
 * <p>C must not overlap A or B.
 */
public final class Products {

    private Products() {}

    /** C [n × m] ← A [n × k] B [k × m] + β C. */
    public static void multiply(Matrix a, Matrix b, float beta, Matrix c) {
        require(a.columns() == b.rows() && a.rows() == c.rows() && b.columns() == c.columns(), "A B", a, b, c);
        OpenBlas.multiply(Form.AS_IT_IS, a, Form.AS_IT_IS, b, beta, c, a.columns());
    }

    /** C [n × m] ← Aᵀ B + β C, with A [k × n] and B [k × m]. */
    public static void multiplyTransposedA(Matrix a, Matrix b, float beta, Matrix c) {
        require(a.rows() == b.rows() && a.columns() == c.rows() && b.columns() == c.columns(), "Aᵀ B", a, b, c);
        OpenBlas.multiply(Form.TRANSPOSED, a, Form.AS_IT_IS, b, beta, c, a.rows());
    }

    /** C [n × m] ← A Bᵀ + β C, with A [n × k] and B [m × k]. */
    public static void multiplyTransposedB(Matrix a, Matrix b, float beta, Matrix c) {
        require(a.columns() == b.columns() && a.rows() == c.rows() && b.rows() == c.columns(), "A Bᵀ", a, b, c);
        OpenBlas.multiply(Form.AS_IT_IS, a, Form.TRANSPOSED, b, beta, c, a.columns());
    }

    private static void require(boolean fits, String product, Matrix a, Matrix b, Matrix c) {
        if (!fits) {
            throw new IllegalArgumentException(product + ": expected shapes that fit, found A " + shape(a) + ", B "
                    + shape(b) + ", C " + shape(c));
        }
    }

    private static String shape(Matrix matrix) {
        return "[" + matrix.rows() + " × " + matrix.columns() + "]";
    }
}
