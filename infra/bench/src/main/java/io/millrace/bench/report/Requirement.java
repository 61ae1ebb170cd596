package io.millrace.bench.report;

import java.math.BigDecimal;

/** A bar that a measured number has to clear. */
public sealed interface Requirement {

    /** As the report shows it. */
    String text();

    boolean isMetBy(double measured);

    record AtLeast(double bound) implements Requirement {
        @Override
        public String text() {
            return "≥ " + plain(bound);
        }

        @Override
        public boolean isMetBy(double measured) {
            return measured >= bound;
        }
    }

    record AtMost(double bound) implements Requirement {
        @Override
        public String text() {
            return "≤ " + plain(bound);
        }

        @Override
        public boolean isMetBy(double measured) {
            return measured <= bound;
        }
    }

    /** At both sides of a published number, no farther from it than {@code tolerance}. */
    record Near(double target, double tolerance) implements Requirement {
        @Override
        public String text() {
            return plain(target) + " ± " + plain(tolerance);
        }

        @Override
        public boolean isMetBy(double measured) {
            return Math.abs(measured - target) <= tolerance;
        }
    }

    /** No bar: the number is told, and any will do. */
    record Told() implements Requirement {
        @Override
        public String text() {
            return "";
        }

        @Override
        public boolean isMetBy(double measured) {
            return true;
        }
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
