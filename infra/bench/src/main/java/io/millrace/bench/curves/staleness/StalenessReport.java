package io.millrace.bench.curves.staleness;

import io.millrace.bench.picture.LineChart;
import io.millrace.bench.picture.Series;
import io.millrace.bench.report.Measure;
import io.millrace.bench.report.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the runs say. */
final class StalenessReport {

    /** Two standard errors: what 95% of the differences that are chance are within. */
    static final double NOISE = 2;

    private static final String SYNCHRONOUS = "the synchronous learner";
    private static final String AREAL = "AReaL (Fu et al. 2025), table 2: AIME24 at a staleness of 4, of 42.0 at 0";
    private static final double PUBLISHED_AT_0 = 42.0;

    private final Runs synchronous;
    private final Map<Variant, Runs> stale;

    /** @param stale the runs of {@link Variant#ALL}, in that order */
    StalenessReport(Runs synchronous, Map<Variant, Runs> stale) {
        this.synchronous = synchronous;
        this.stale = stale;
    }

    List<Measure> measures() {
        List<Measure> measures = new ArrayList<>();
        measures.add(Measure.told("runs", "runs", synchronous.bySeed().size())
                .beside(StalenessSuite.RUNS, "full length")
                .required(new Requirement.AtLeast(StalenessSuite.RUNS)));
        for (Objective objective : Objective.values()) {
            measures.add(differences(objective));
        }
        measures.add(above(Objective.DECOUPLED).required(new Requirement.Near(0, NOISE)));
        measures.add(above(Objective.NAIVE).required(new Requirement.AtMost(-NOISE)));
        for (Objective objective : Objective.values()) {
            measures.add(share(objective));
        }
        stale.forEach((variant, runs) -> {
            measures.add(Measure.over(variant.name() + "Reward", "mean expected reward of a run", runs.means())
                    .beside(synchronous.means().mean(), SYNCHRONOUS));
            measures.add(Measure.over(variant.name() + "LastReward", "expected reward at the end", runs.lasts())
                    .beside(synchronous.lasts().mean(), SYNCHRONOUS));
        });
        return measures;
    }

    private Measure differences(Objective objective) {
        return Measure.told(
                        objective.title() + "At0Differences",
                        "parameters of the last θ that are not, bit for bit, those of the synchronous learner",
                        of(objective, Variant.NONE).differences(synchronous))
                .beside(0, SYNCHRONOUS)
                .required(new Requirement.AtMost(0));
    }

    private Measure above(Objective objective) {
        return Measure.told(
                        objective.title() + "At4Difference",
                        "mean expected reward of a run, in standard errors above that at lag 0",
                        of(objective, Variant.FOUR).standardErrorsAbove(of(objective, Variant.NONE)))
                .beside(0, "no difference");
    }

    /** Another task, another size: told beside it, not held against it. */
    private Measure share(Objective objective) {
        return Measure.told(
                        objective.title() + "At4Share",
                        "mean expected reward of a run, as a share of that at lag 0",
                        of(objective, Variant.FOUR).means().mean()
                                / of(objective, Variant.NONE).means().mean())
                .beside(objective.publishedAt4() / PUBLISHED_AT_0, AREAL);
    }

    private Runs of(Objective objective, Lag lag) {
        Runs runs = stale.get(new Variant(objective, lag));
        if (runs == null) {
            throw new IllegalStateException("staleness: expected runs of " + objective + " at " + lag + ", found none");
        }
        return runs;
    }

    LineChart chart(String name, int trajectoriesBetween) {
        List<Series> series = new ArrayList<>();
        stale.forEach((variant, runs) -> {
            boolean shown =
                    variant.objective() == Objective.DECOUPLED || !variant.lag().equals(Variant.NONE);
            if (shown && !variant.lag().equals(Variant.ONE)) {
                series.add(runs.series(variant.title(), trajectoriesBetween));
            }
        });
        return new LineChart(
                name,
                "PPO from stale trajectories: mean of " + synchronous.bySeed().size() + " runs ± standard error",
                "trajectories",
                "expected reward",
                series,
                List.of());
    }
}
