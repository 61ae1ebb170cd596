package io.millrace.bench.report;

import java.util.List;

/** The report of a bench command; written as JSON under these names. */
public record BenchReport(List<SuiteReport> suites) {

    public BenchReport {
        suites = List.copyOf(suites);
    }

    /** Whether every measure of every suite clears its bar. */
    public boolean holds() {
        return suites.stream().allMatch(SuiteReport::holds);
    }
}
