package io.millrace.policy.spec;

/** Numbers from {@code min} to {@code max}; infinite bounds do not bound. */
record Range(double min, double max) {

    static final Range UNLIMITED = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
}
