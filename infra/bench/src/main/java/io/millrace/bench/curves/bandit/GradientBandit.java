package io.millrace.bench.curves.bandit;

import io.millrace.bench.curves.Findings;
import io.millrace.bench.curves.RunLength;
import io.millrace.bench.curves.Suite;
import io.millrace.bench.picture.LineChart;
import io.millrace.bench.picture.Series;
import io.millrace.bench.report.Measure;
import io.millrace.bench.report.Requirement;
import io.millrace.bench.report.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Figure 2.5 of Sutton and Barto (2018): the share of optimal actions of the gradient bandit algorithm, with and without a
 * running average of the rewards as its baseline, when all rewards are far from zero.
 */
public final class GradientBandit implements Suite {

    private static final String SOURCE = "Sutton & Barto 2018, figure 2.5";
    private static final int RUNS = 2_000;
    private static final int STEPS = 1_000;
    private static final int LAST = 100;
    /** Two standard errors of the difference of two such means: the figure's own is over 2,000 runs too. */
    private static final double TOLERANCE = 0.03;
    /** A curve of every fifth step shows the same, at a fifth of the size. */
    private static final int SHOWN_EVERY = 5;

    private static final List<Variant> VARIANTS = List.of(
            variant("withBaseline01", "with baseline, α = 0.1", "inclusive-mean", 0.1, 0.84),
            variant("withoutBaseline01", "without baseline, α = 0.1", "none", 0.1, 0.48),
            variant("withBaseline04", "with baseline, α = 0.4", "inclusive-mean", 0.4, 0.73),
            variant("withoutBaseline04", "without baseline, α = 0.4", "none", 0.4, 0.29),
            variant("withEarlierBaseline01", "baseline of earlier rewards, α = 0.1", "mean", 0.1, 0.84),
            told("withEarlierBaseline04", "baseline of earlier rewards, α = 0.4", "mean", 0.4, 0.73));

    private static Variant variant(String name, String title, String baseline, double stepSize, double published) {
        return new Variant(name, title, baseline, stepSize, published, new Requirement.Near(published, TOLERANCE));
    }

    /** The figure's own average holds the reward that it is subtracted from; its share is no bar for another one. */
    private static Variant told(String name, String title, String baseline, double stepSize, double published) {
        return new Variant(name, title, baseline, stepSize, published, new Requirement.Told());
    }

    @Override
    public String name() {
        return "gradient-bandit";
    }

    @Override
    public String description() {
        return "The gradient bandit of Sutton and Barto's figure 2.5; 2,000 runs in memory, about a minute.";
    }

    @Override
    public Findings run(RunLength length, Consumer<String> progress) {
        long[] seeds = length.seeds(RUNS);
        int runs = seeds.length;
        List<Measure> measures = new ArrayList<>();
        measures.add(Measure.told("runs", "runs", runs).beside(RUNS, SOURCE).required(new Requirement.AtLeast(RUNS)));
        List<Series> curves = new ArrayList<>();
        for (Variant variant : VARIANTS) {
            double[] bestAt = new double[STEPS];
            double[] lastShares = new double[runs];
            for (int run = 0; run < runs; run++) {
                lastShares[run] = learn(variant, seeds[run], bestAt);
            }
            Sample last = new Sample(lastShares);
            measures.add(Measure.over(variant.name() + "OptimalShare", "share of the last 100 steps", last)
                    .beside(variant.published(), SOURCE)
                    .required(variant.bar()));
            curves.add(curve(variant, bestAt, runs));
            progress.accept("gradient-bandit, %s: optimal action in %.1f%% of the last %d steps"
                    .formatted(variant.title(), 100 * last.mean(), LAST));
        }
        return new Findings(
                measures,
                List.of(new LineChart(
                        name(),
                        "Gradient bandit: share of optimal actions, mean of " + runs + " runs",
                        "step",
                        "share of optimal actions",
                        curves,
                        List.of())));
    }

    /** Counts the best actions by step into {@code bestAt}; their share of the last steps. */
    private static double learn(Variant variant, long seed, double[] bestAt) {
        BanditRun run = new BanditRun(variant, seed);
        int bestOfLast = 0;
        for (int step = 0; step < STEPS; step++) {
            if (run.step()) {
                bestAt[step]++;
                bestOfLast += step >= STEPS - LAST ? 1 : 0;
            }
        }
        return (double) bestOfLast / LAST;
    }

    private static Series curve(Variant variant, double[] bestAt, int runs) {
        int[] shown = IntStream.range(0, STEPS / SHOWN_EVERY)
                .map(i -> i * SHOWN_EVERY)
                .toArray();
        return new Series(
                variant.title(),
                IntStream.of(shown).mapToDouble(step -> step + 1).toArray(),
                IntStream.of(shown).mapToDouble(step -> bestAt[step] / runs).toArray());
    }
}
