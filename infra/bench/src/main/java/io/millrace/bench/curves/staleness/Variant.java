package io.millrace.bench.curves.staleness;

import java.util.Arrays;
import java.util.List;

/** One learner of the comparison. */
record Variant(Objective objective, Lag lag) {

    static final Lag NONE = new Lag.Versions(0);
    static final Lag ONE = new Lag.Versions(1);
    static final Lag FOUR = new Lag.Versions(4);

    private static final List<Lag> LAGS = List.of(NONE, ONE, FOUR, new Lag.Versions(16), new Lag.Unbounded());

    static final List<Variant> ALL = Arrays.stream(Objective.values())
            .flatMap(objective -> LAGS.stream().map(lag -> new Variant(objective, lag)))
            .toList();

    /** In camel case, as measures are called. */
    String name() {
        return objective.title() + lag.name();
    }

    /** As the picture calls it. */
    String title() {
        return objective.title() + ", " + lag.title();
    }
}
