package io.millrace.bench.picture;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a picture shows.
 *
 * @param name of its file, without the ending
 * @param levels published numbers to compare with, as dashed horizontal lines
 */
public record LineChart(
        String name, String title, String xLabel, String yLabel, List<Series> series, List<Level> levels) {

    private static final Pattern FILE_NAME = Pattern.compile("[a-z0-9-]+");

    /** A horizontal line at {@code y}. */
    public record Level(String name, double y) {}

    public LineChart {
        if (!FILE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "chart: expected a name of small letters, digits and hyphens, found '" + name + "'");
        }
        series = List.copyOf(series);
        levels = List.copyOf(levels);
        if (series.isEmpty()) {
            throw new IllegalArgumentException("chart: expected at least one curve, found none (" + name + ")");
        }
    }

    /** The picture as an SVG document. */
    public String toSvg() {
        return new LineChartDrawing(this).draw();
    }
}
