package io.millrace.bench.picture;

import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A linear axis whose ticks are at round numbers: multiples of 1, 2 or 5 times a power of ten (P. Heckbert, Nice numbers for
 * graph labels, Graphics Gems 1990).
 *
 * @param low first tick
 * @param step between ticks, greater than 0
 * @param steps between the first and the last tick
 */
record Axis(double low, double step, int steps) {

    /** The shortest axis over [min, max] with about {@code wanted} steps. */
    static Axis covering(double min, double max, int wanted) {
        double range = max > min ? max - min : Math.max(1e-9, Math.abs(min));
        double step = nice(range / wanted);
        double first = Math.floor(min / step);
        double last = Math.max(first + 1, Math.ceil(max / step));
        return new Axis(first * step, step, (int) Math.round(last - first));
    }

    private static double nice(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double fraction = rough / power;
        return power * (fraction <= 1 ? 1 : fraction <= 2 ? 2 : fraction <= 5 ? 5 : 10);
    }

    double high() {
        return low + steps * step;
    }

    double[] ticks() {
        return IntStream.rangeClosed(0, steps).mapToDouble(i -> low + i * step).toArray();
    }

    /** Where {@code value} lies: 0 at the first tick, 1 at the last. */
    double share(double value) {
        return (value - low) / (high() - low);
    }

    /** A tick's number with as many decimals as the step has. */
    String label(double tick) {
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", tick);
        return text.matches("-[0.,]+") ? text.substring(1) : text;
    }
}
