package io.millrace.bench.picture;

/**
 * A curve.
 *
 * @param x ascending
 * @param y as long as {@code x}
 * @param spread half the height of the band around the curve, as long as {@code x}; all zeros: no band
 */
public record Series(String name, double[] x, double[] y, double[] spread) {

    public Series {
        if (x.length == 0 || y.length != x.length || spread.length != x.length) {
            throw new IllegalArgumentException(
                    "series: expected at least one point and as many y and spreads as x, found " + x.length + " x, "
                            + y.length + " y, " + spread.length + " spreads (" + name + ")");
        }
        for (int i = 0; i < x.length; i++) {
            if (!Double.isFinite(x[i]) || !Double.isFinite(y[i]) || !Double.isFinite(spread[i])) {
                throw new IllegalArgumentException("series: expected finite numbers, found " + x[i] + ", " + y[i]
                        + " ± " + spread[i] + " (" + name + ", point " + i + ")");
            }
        }
    }

    /** A curve without a band. */
    public Series(String name, double[] x, double[] y) {
        this(name, x, y, new double[x.length]);
    }
}
