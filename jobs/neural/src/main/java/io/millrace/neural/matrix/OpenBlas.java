package io.millrace.neural.matrix;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The BLAS that ND4J computes with, called without ND4J's layer of operations above it: that costs 10 to 15 µs a product
 * and copies every result that is row-major.
 */
final class OpenBlas {

    /** What to do with an operand. */
    enum Form {
        AS_IT_IS(openblas.CblasNoTrans),
        TRANSPOSED(openblas.CblasTrans);

        private final int code;

        Form(int code) {
            this.code = code;
        }
    }

    static {
        // ND4J keeps the loader of whoever calls it first, and so do its threads: that of a Flink job would be kept,
        // closed,
        // when the job has ended, and fail the next one.
        Thread caller = Thread.currentThread();
        ClassLoader before = caller.getContextClassLoader();
        caller.setContextClassLoader(Nd4j.class.getClassLoader());
        try {
            useOneThread();
        } finally {
            caller.setContextClassLoader(before);
        }
    }

    private OpenBlas() {}

    /** Loads the native libraries. */
    static void load() {
        // The initializer of the class does it.
    }

    /** One native thread for each thread that calls: Flink's slots and a server's requests are the parallelism. */
    private static void useOneThread() {
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
        openblas.blas_set_num_threads(1);
    }

    /**
     * C ← op(A) op(B) + β C.
     *
     * @param inner columns of op(A), rows of op(B)
     */
    static void multiply(Form formA, Matrix a, Form formB, Matrix b, float beta, Matrix c, int inner) {
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                formA.code,
                formB.code,
                c.rows(),
                c.columns(),
                inner,
                1f,
                address(a),
                a.stride(),
                address(b),
                b.stride(),
                beta,
                address(c),
                c.stride());
    }

    /** A pointer of its own: operands may lie in the same floats. */
    private static FloatPointer address(Matrix matrix) {
        return new FloatPointer(matrix.floats().address(matrix.at(), matrix.extent()));
    }
}
