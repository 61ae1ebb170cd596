package io.millrace.bench.report;

import org.jspecify.annotations.Nullable;

/**
 * One measured number; written as JSON under these names.
 *
 * @param name in camel case
 * @param unit of {@code measured}, {@code spread} and {@code reference}
 * @param spread sample standard deviation over independent runs; null: a single run
 * @param reference floor, peer or published figure for the same; null: there is none
 * @param referenceSource where {@code reference} comes from; empty without one
 * @param required the bar as text; empty without one
 * @param ok whether {@code measured} clears the bar
 */
public record Measure(
        String name,
        String unit,
        double measured,
        @Nullable Double spread,
        @Nullable Double reference,
        String referenceSource,
        String required,
        boolean ok) {

    public Measure {
        if (!Double.isFinite(measured)) {
            throw new IllegalArgumentException(
                    "measure: expected a finite number, found " + measured + " (" + name + ")");
        }
    }

    /** A number of a single run, told beside nothing and asked for nothing. */
    public static Measure told(String name, String unit, double measured) {
        return new Measure(name, unit, measured, null, null, "", "", true);
    }

    /** Independent runs of the same: their mean, and how far they spread. */
    public static Measure over(String name, String unit, Sample runs) {
        return told(name, unit, runs.mean()).withSpread(runs);
    }

    private Measure withSpread(Sample runs) {
        return new Measure(
                name,
                unit,
                measured,
                runs.size() < 2 ? null : runs.standardDeviation(),
                reference,
                referenceSource,
                required,
                ok);
    }

    /** Beside a floor, a peer or a published figure. */
    public Measure beside(double newReference, String source) {
        return new Measure(name, unit, measured, spread, newReference, source, required, ok);
    }

    /** With a bar; whether it is cleared is computed here. */
    public Measure required(Requirement bar) {
        return new Measure(name, unit, measured, spread, reference, referenceSource, bar.text(), bar.isMetBy(measured));
    }
}
