package io.millrace.bench.curves.staleness;

import io.millrace.bench.curves.Findings;
import io.millrace.bench.curves.RunLength;
import io.millrace.bench.curves.Suite;
import io.millrace.bench.learner.MemoryLearner;
import io.millrace.bench.report.Measure;
import io.millrace.policy.parameters.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongFunction;

/**
 * PPO from what older parameters generated, in memory and through the whole pipeline: clipped about the policy that generated,
 * and about a younger one. The published experiments are Hilton, Cobbe and Schulman 2022, figure 1 (Procgen, curves only), and AReaL, table 2.
 */
public final class StalenessSuite implements Suite {

    static final int RUNS = 10;
    private static final int VERSIONS = 200;
    private static final int SHOWN_EVERY = 5;
    private static final int PIPELINE_RUNS = 6;

    @Override
    public String name() {
        return "staleness";
    }

    @Override
    public String description() {
        return "PPO from trajectories up to 16 versions old and older, naive against decoupled; 10 runs of 12,800"
                + " trajectories in memory, 6 through the pipeline, minutes.";
    }

    @Override
    public Findings run(RunLength length, Consumer<String> progress) throws InterruptedException {
        long[] seeds = length.seeds(RUNS);
        Runs synchronous = runs(seeds, StalenessSuite::synchronous);
        Map<Variant, Runs> stale = new LinkedHashMap<>();
        for (Variant variant : Variant.ALL) {
            Runs runs = runs(seeds, seed -> stale(variant, seed));
            stale.put(variant, runs);
            progress.accept("staleness, %s: mean reward %.3f, at the end %.3f"
                    .formatted(
                            variant.title(), runs.means().mean(), runs.lasts().mean()));
        }
        StalenessReport inMemory = new StalenessReport(synchronous, stale);
        ServedReport served = new ServedReport(
                new StalePipeline(ServedReport.ALL, length.seeds(PIPELINE_RUNS)).learn(VERSIONS), PIPELINE_RUNS);
        List<Measure> measures = new ArrayList<>(inMemory.measures());
        measures.addAll(served.measures());
        return new Findings(
                measures,
                List.of(
                        inMemory.chart(name(), SHOWN_EVERY * Objective.BATCH),
                        served.chart(name() + "-pipeline", SHOWN_EVERY)));
    }

    private static Runs runs(long[] seeds, LongFunction<LearnedRun> run) {
        return new Runs(Arrays.stream(seeds).mapToObj(run).toList());
    }

    /** The learner without anything of this suite's: what generates is the θ that learns. */
    private static LearnedRun synchronous(long seed) {
        MemoryLearner learner = new MemoryLearner(Objective.NAIVE.definition());
        Spelling spelling = new Spelling(learner, seed);
        return learned(spelling::value, () -> spelling.learn(learner::decide, 0), learner.theta());
    }

    private static LearnedRun stale(Variant variant, long seed) {
        LaggedRun run = new LaggedRun(variant.objective().definition(), variant.lag(), seed);
        return learned(run::value, run::step, run.theta());
    }

    private static LearnedRun learned(DoubleSupplier value, Runnable step, Parameters theta) {
        double[] curve = new double[VERSIONS / SHOWN_EVERY + 1];
        curve[0] = value.getAsDouble();
        for (int version = 1; version <= VERSIONS; version++) {
            step.run();
            if (version % SHOWN_EVERY == 0) {
                curve[version / SHOWN_EVERY] = value.getAsDouble();
            }
        }
        return new LearnedRun(curve, theta.values());
    }
}
