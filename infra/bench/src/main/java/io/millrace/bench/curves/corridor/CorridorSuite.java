package io.millrace.bench.curves.corridor;

import io.millrace.bench.curves.Findings;
import io.millrace.bench.curves.RunLength;
import io.millrace.bench.curves.Suite;
import io.millrace.bench.picture.LineChart;
import io.millrace.bench.picture.Series;
import io.millrace.bench.report.Measure;
import io.millrace.bench.report.Requirement;
import io.millrace.bench.report.Sample;
import io.millrace.policy.spec.PolicyDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * REINFORCE on the short corridor, with and without a learned baseline (Sutton and Barto 2018, figures 13.1 and 13.2), in
 * memory.
 *
 * <p>As in the book, each step is weighed by the rewards that follow it. The states look alike, so the value function that
 * the book learns is one number: the running average of those returns, with the book's step size 2⁻⁶.
 */
public final class CorridorSuite implements Suite {

    private static final String SOURCE = "Sutton & Barto 2018, example 13.1: value of the best policy";
    private static final int RUNS = 100;
    private static final int EPISODES = 1_000;
    private static final int FIRST = 100;
    private static final int LAST = 100;
    private static final int SHOWN_EVERY = 10;

    /** The book's best without a baseline, in its figures. */
    private static final double BOOK_STEP = 0x1p-13;

    /** The best here, of 2⁻¹⁴ to 2⁻⁹, by the returns of the last episodes: without a baseline, and with one. */
    private static final double PLAIN_STEP = 0x1p-12;

    private static final double BASELINE_STEP = 0x1p-10;

    @Override
    public String name() {
        return "short-corridor";
    }

    @Override
    public String description() {
        return "REINFORCE on Sutton and Barto's short corridor; 100 runs of 1,000 episodes in memory, seconds.";
    }

    @Override
    public Findings run(RunLength length, Consumer<String> progress) {
        long[] seeds = length.seeds(RUNS);
        int runs = seeds.length;
        Returns book = learn("none", BOOK_STEP, seeds);
        Returns plain = learn("none", PLAIN_STEP, seeds);
        Returns baseline = learn("ema", BASELINE_STEP, seeds);
        double optimum = ShortCorridor.optimum();
        Sample gain = baseline.difference(plain, 0, FIRST);
        List<Measure> measures = List.of(
                Measure.told("runs", "runs", runs)
                        .beside(RUNS, "Sutton & Barto 2018, figure 13.1")
                        .required(new Requirement.AtLeast(RUNS)),
                Measure.over(
                                "reinforceLastReturn",
                                "mean return of the last 100 episodes",
                                plain.mean(EPISODES - LAST, EPISODES))
                        .beside(optimum, SOURCE)
                        .required(new Requirement.AtLeast(-12)),
                Measure.over("reinforceLearnedValue", "expected return of the policy learned", plain.values())
                        .beside(optimum, SOURCE)
                        .required(new Requirement.AtLeast(-11.9)),
                Measure.over(
                                "baselineLastReturn",
                                "mean return of the last 100 episodes",
                                baseline.mean(EPISODES - LAST, EPISODES))
                        .beside(optimum, SOURCE)
                        .required(new Requirement.AtLeast(-12)),
                Measure.over(
                                "bookStepLastReturn",
                                "mean return of the last 100 episodes",
                                book.mean(EPISODES - LAST, EPISODES))
                        .beside(optimum, SOURCE),
                Measure.over("bookStepFirstReturn", "mean return of the first 100 episodes", book.mean(0, FIRST)),
                Measure.over("reinforceFirstReturn", "mean return of the first 100 episodes", plain.mean(0, FIRST)),
                Measure.over("baselineFirstReturn", "mean return of the first 100 episodes", baseline.mean(0, FIRST)),
                Measure.over("baselineGain", "mean return of the first 100 episodes", gain)
                        .beside(0, "no difference")
                        .required(new Requirement.AtLeast(5)));
        progress.accept("short-corridor: return of the last episodes %.2f, of the best policy %.2f"
                .formatted(plain.mean(EPISODES - LAST, EPISODES).mean(), optimum));
        return new Findings(measures, List.of(chart(book, plain, baseline, runs)));
    }

    private LineChart chart(Returns book, Returns plain, Returns baseline, int runs) {
        return new LineChart(
                name(),
                "Short corridor: return of an episode, mean of " + runs + " runs",
                "episode",
                "return",
                List.of(
                        curve("REINFORCE, α = 2⁻¹³", book),
                        curve("REINFORCE, α = 2⁻¹²", plain),
                        curve("REINFORCE with baseline, α = 2⁻¹⁰", baseline)),
                List.of(new LineChart.Level("best policy, −11.66", ShortCorridor.optimum())));
    }

    private static Series curve(String name, Returns returns) {
        int[] episodes = IntStream.range(0, EPISODES / SHOWN_EVERY)
                .map(i -> i * SHOWN_EVERY)
                .toArray();
        return new Series(
                name,
                IntStream.of(episodes).mapToDouble(e -> e + SHOWN_EVERY / 2.0).toArray(),
                IntStream.of(episodes)
                        .mapToDouble(e -> returns.mean(e, e + SHOWN_EVERY).mean())
                        .toArray());
    }

    private static Returns learn(String baseline, double stepSize, long[] seeds) {
        PolicyDefinition definition = PolicyDefinition.parse("""
                {"policy": "short-corridor", "kind": "choice", "seed": 1,
                 "model": {"hash-bits": 12},
                 "estimator": {"algorithm": "reinforce", "baseline": "%s", "ema-rate": 0.015625,
                               "importance-clip": 0, "returns": {"kind": "monte-carlo"}},
                 "optimizer": {"kind": "sgd", "learning-rate": %s},
                 "batch": {"trajectories": 1}}
                """.formatted(baseline, stepSize));
        List<double[]> returns = new ArrayList<>();
        double[] values = new double[seeds.length];
        for (int run = 0; run < seeds.length; run++) {
            CorridorRun learning = new CorridorRun(definition, seeds[run]);
            double[] ofRun = new double[EPISODES];
            for (int episode = 0; episode < EPISODES; episode++) {
                ofRun[episode] = learning.episode();
            }
            returns.add(ofRun);
            values[run] = ShortCorridor.valueOf(learning.probabilityOfRight());
        }
        return new Returns(returns, new Sample(values));
    }

    /** Returns by run and episode, and the expected return of the policy that each run has learned. */
    private record Returns(List<double[]> byRun, Sample values) {

        /** Of each run: the mean return of the episodes in [from, to). */
        Sample mean(int from, int to) {
            return new Sample(byRun.stream()
                    .mapToDouble(run ->
                            IntStream.range(from, to).mapToDouble(e -> run[e]).sum() / (to - from))
                    .toArray());
        }

        Sample difference(Returns other, int from, int to) {
            double[] mine = mean(from, to).values();
            double[] others = other.mean(from, to).values();
            return new Sample(IntStream.range(0, mine.length)
                    .mapToDouble(i -> mine[i] - others[i])
                    .toArray());
        }
    }
}
