package io.millrace.bench.picture;

import static io.millrace.bench.picture.Svg.number;

import java.util.List;
import java.util.stream.DoubleStream;

/** Lays a chart out: axes at the left and below, curves, and a legend under the title. */
final class LineChartDrawing {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 440;
    private static final int LEFT = 70;
    private static final int RIGHT = WIDTH - 30;
    private static final int BOTTOM = HEIGHT - 55;
    private static final int LEGEND_TOP = 48;
    private static final int LEGEND_LINE = 18;
    private static final int LEGEND_COLUMNS = 2;
    private static final int TICKS = 6;
    private static final String INK = "#333333";

    /** Told apart by colour-blind readers too (M. Okabe and K. Ito, Color universal design, 2008). */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000");

    private final LineChart chart;
    private final Axis xs;
    private final Axis ys;
    private final int top;
    private final Svg svg = new Svg(WIDTH, HEIGHT);

    LineChartDrawing(LineChart chart) {
        this.chart = chart;
        this.xs = Axis.covering(least(Series::x), greatest(Series::x), TICKS);
        this.ys = Axis.covering(
                Math.min(least(LineChartDrawing::lower), levels().min().orElse(Double.POSITIVE_INFINITY)),
                Math.max(greatest(LineChartDrawing::upper), levels().max().orElse(Double.NEGATIVE_INFINITY)),
                TICKS);
        int entries = chart.series().size() + chart.levels().size();
        this.top = LEGEND_TOP + LEGEND_LINE * ((entries + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS);
    }

    String draw() {
        svg.add("rect", "width", "100%", "height", "100%", "fill", "#ffffff");
        svg.text(chart.title(), LEFT, 26, "font-size", "16", "fill", INK);
        drawAxes();
        for (int i = 0; i < chart.levels().size(); i++) {
            drawLevel(chart.levels().get(i), chart.series().size() + i);
        }
        for (int i = 0; i < chart.series().size(); i++) {
            drawSeries(chart.series().get(i), i);
        }
        return svg.finish();
    }

    private void drawAxes() {
        for (double tick : xs.ticks()) {
            line(x(tick), top, x(tick), BOTTOM, "#e5e5e5", "");
            svg.text(xs.label(tick), x(tick), BOTTOM + 18, label("middle"));
        }
        for (double tick : ys.ticks()) {
            line(LEFT, y(tick), RIGHT, y(tick), "#e5e5e5", "");
            svg.text(ys.label(tick), LEFT - 8, y(tick) + 4, label("end"));
        }
        svg.text(chart.xLabel(), (LEFT + RIGHT) / 2.0, HEIGHT - 14, label("middle"));
        svg.open("g", "transform", "translate(18 " + number((top + BOTTOM) / 2.0) + ") rotate(-90)");
        svg.text(chart.yLabel(), 0, 0, label("middle"));
        svg.close();
    }

    private void drawSeries(Series series, int entry) {
        String colour = colour(entry);
        if (DoubleStream.of(series.spread()).anyMatch(spread -> spread > 0)) {
            svg.add("polygon", "points", band(series), "fill", colour, "fill-opacity", "0.15");
        }
        svg.add("polyline", "points", points(series), "fill", "none", "stroke", colour, "stroke-width", "1.8");
        drawEntry(series.name(), entry, "");
    }

    private void drawLevel(LineChart.Level level, int entry) {
        line(LEFT, y(level.y()), RIGHT, y(level.y()), colour(entry), "6 4");
        drawEntry(level.name(), entry, "6 4");
    }

    /** One line of the legend. */
    private void drawEntry(String name, int entry, String dashes) {
        double x = LEFT + (entry % LEGEND_COLUMNS) * (RIGHT - LEFT) / (double) LEGEND_COLUMNS;
        double y = LEGEND_TOP + LEGEND_LINE * (entry / LEGEND_COLUMNS) - 4;
        line(x, y, x + 24, y, colour(entry), dashes);
        svg.text(name, x + 30, y + 4, label("start"));
    }

    private void line(double x1, double y1, double x2, double y2, String colour, String dashes) {
        svg.add(
                "line",
                "x1",
                number(x1),
                "y1",
                number(y1),
                "x2",
                number(x2),
                "y2",
                number(y2),
                "stroke",
                colour,
                "stroke-dasharray",
                dashes.isEmpty() ? "none" : dashes);
    }

    private static String[] label(String anchor) {
        return new String[] {"font-size", "12", "fill", INK, "text-anchor", anchor};
    }

    private static String colour(int entry) {
        return COLOURS.get(entry % COLOURS.size());
    }

    private String points(Series series) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < series.x().length; i++) {
            appendPoint(points, series.x()[i], series.y()[i]);
        }
        return points.toString().strip();
    }

    /** Along the upper edge and back along the lower one. */
    private String band(Series series) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < series.x().length; i++) {
            appendPoint(points, series.x()[i], series.y()[i] + series.spread()[i]);
        }
        for (int i = series.x().length - 1; i >= 0; i--) {
            appendPoint(points, series.x()[i], series.y()[i] - series.spread()[i]);
        }
        return points.toString().strip();
    }

    private void appendPoint(StringBuilder points, double x, double y) {
        points.append(number(x(x))).append(',').append(number(y(y))).append(' ');
    }

    private double x(double value) {
        return LEFT + (RIGHT - LEFT) * xs.share(value);
    }

    private double y(double value) {
        return BOTTOM - (BOTTOM - top) * ys.share(value);
    }

    private double least(Values values) {
        return all(values).min().orElseThrow();
    }

    private double greatest(Values values) {
        return all(values).max().orElseThrow();
    }

    private DoubleStream all(Values values) {
        return chart.series().stream().flatMapToDouble(series -> DoubleStream.of(values.of(series)));
    }

    private DoubleStream levels() {
        return chart.levels().stream().mapToDouble(LineChart.Level::y);
    }

    private static double[] lower(Series series) {
        return shifted(series, -1);
    }

    private static double[] upper(Series series) {
        return shifted(series, 1);
    }

    private static double[] shifted(Series series, int sign) {
        double[] edge = series.y().clone();
        for (int i = 0; i < edge.length; i++) {
            edge[i] += sign * series.spread()[i];
        }
        return edge;
    }

    @FunctionalInterface
    private interface Values {
        double[] of(Series series);
    }
}
