package io.millrace.bench.curves.staleness;

/** How old the parameters are that generate. */
sealed interface Lag {

    /** The version that generates when the learner is at {@code version}; the first is 0. */
    long behaviour(long version);

    /** In camel case, as measures are called. */
    String name();

    /** In words. */
    String title();

    /** So many versions behind the learner, or as many as there are yet. */
    record Versions(int count) implements Lag {

        public Versions {
            if (count < 0) {
                throw new IllegalArgumentException("lag: expected at least 0 versions, found " + count);
            }
        }

        @Override
        public long behaviour(long version) {
            return Math.max(0, version - count);
        }

        @Override
        public String name() {
            return "At" + count;
        }

        @Override
        public String title() {
            return "lag " + count;
        }
    }

    /** A replica that never loads an update: without bound, the lag grows with every version. */
    record Unbounded() implements Lag {

        @Override
        public long behaviour(long version) {
            return 0;
        }

        @Override
        public String name() {
            return "Unbounded";
        }

        @Override
        public String title() {
            return "unbounded lag";
        }
    }
}
