package io.millrace.bench.report;

import io.millrace.local.demo.Machine;
import java.util.List;

/** What one suite measured, and where. */
public record SuiteReport(String name, Machine machine, List<Measure> measures) {

    public SuiteReport {
        measures = List.copyOf(measures);
    }

    /** Whether every measure clears its bar. */
    public boolean holds() {
        return measures.stream().allMatch(Measure::ok);
    }
}
