package io.millrace.bench.curves;

import io.millrace.bench.picture.LineChart;
import io.millrace.bench.report.Measure;
import java.util.List;

/** What a suite found: its numbers, and the curves that they were read from. */
public record Findings(List<Measure> measures, List<LineChart> pictures) {

    public Findings {
        measures = List.copyOf(measures);
        pictures = List.copyOf(pictures);
    }
}
