package io.millrace.bench.curves.control;

import io.millrace.bench.picture.LineChart;
import io.millrace.bench.picture.Series;
import io.millrace.bench.report.Sample;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What the curves of several seeds have in common. */
final class Curves {

    /** So many points of a curve show what there is. */
    private static final int POINTS = 100;

    private Curves() {}

    static Sample sample(List<ReturnCurve> curves, ToDoubleFunction<ReturnCurve> value) {
        return new Sample(curves.stream().mapToDouble(value).toArray());
    }

    /** Mean and deviation of the curves by steps. */
    static Series series(String title, List<ReturnCurve> curves, int frames) {
        double[] x = IntStream.rangeClosed(1, POINTS)
                .mapToDouble(i -> (double) frames * i / POINTS)
                .toArray();
        double[] y = new double[POINTS];
        double[] spread = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            long at = (long) x[i];
            Sample sample = sample(curves, curve -> curve.after(at));
            y[i] = sample.mean();
            spread[i] = sample.standardDeviation();
        }
        return new Series(title, x, y, spread);
    }

    static LineChart chart(String name, String title, List<Series> series, double bar) {
        return new LineChart(
                name,
                title,
                "steps",
                "return",
                series,
                List.of(new LineChart.Level("asked for, " + Math.round(bar), bar)));
    }
}
