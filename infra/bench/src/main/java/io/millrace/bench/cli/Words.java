package io.millrace.bench.cli;

import io.millrace.bench.report.BenchReport;
import io.millrace.bench.report.Measure;
import io.millrace.bench.report.SuiteReport;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A report for people: a line for each measure. */
final class Words {

    private static final MathContext DIGITS = new MathContext(4);

    private Words() {}

    static String of(BenchReport report) {
        return report.suites().stream().map(Words::of).collect(Collectors.joining("\n"))
                + (report.holds() ? "\nAll bars are cleared." : "\nFell short where it says so.");
    }

    private static String of(SuiteReport suite) {
        return suite.name() + "\n"
                + suite.measures().stream().map(measure -> "  " + of(measure)).collect(Collectors.joining("\n"));
    }

    private static String of(Measure measure) {
        return "%-36s %s%s %s%s%s%s"
                .formatted(
                        measure.name(),
                        number(measure.measured()),
                        optional(" ± %s", measure.spread()),
                        measure.unit(),
                        measure.required().isEmpty() ? "" : "; required " + measure.required(),
                        optional("; %s in ", measure.reference()) + measure.referenceSource(),
                        measure.ok() ? "" : "  FELL SHORT");
    }

    private static String optional(String format, @Nullable Double value) {
        return value == null ? "" : format.formatted(number(value));
    }

    /** Four significant digits, and no zeros after them. */
    private static String number(double value) {
        return Math.abs(value) >= 1000
                ? String.format(Locale.ROOT, "%,.0f", value)
                : BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
