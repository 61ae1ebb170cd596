package io.millrace.bench.curves.pronounce;

import io.millrace.bench.curves.Findings;
import io.millrace.bench.curves.RunLength;
import io.millrace.bench.curves.Suite;
import io.millrace.bench.picture.LineChart;
import io.millrace.bench.picture.Series;
import io.millrace.bench.report.Measure;
import io.millrace.bench.report.Requirement;
import io.millrace.local.system.BundledPolicies;
import io.millrace.simulator.Worlds;
import io.millrace.simulator.pronounce.PronounceWorld;
import java.util.List;
import java.util.function.Consumer;

/** How well the bundled policy pronounces after five million judged words, through the whole pipeline. */
public final class PronounceTransducer implements Suite {

    private static final int TRAJECTORIES = 5_000_000;
    private static final int LOOKS = 50;
    private static final long SEED = 7;
    /** Bisani and Ney 2008, joint-sequence models: told the right pronunciations, which Millrace never is. */
    private static final double SUPERVISED = 0.059;

    @Override
    public String name() {
        return "pronounce-transducer";
    }

    @Override
    public String description() {
        return "The bundled policy learns to pronounce; 5,000,000 trajectories through the pipeline, about 20 minutes.";
    }

    @Override
    public Findings run(RunLength length, Consumer<String> progress) throws InterruptedException {
        int trajectories = length.of(TRAJECTORIES);
        LearningCurve curve = new PronounceRun(
                        BundledPolicies.forWorld(PronounceWorld.NAME, SEED),
                        Worlds.named(PronounceWorld.NAME, SEED),
                        progress)
                .learn(trajectories, LOOKS);
        return new Findings(
                List.of(
                        Measure.told(
                                "heldOutErrorAtStart",
                                "phoneme error rate",
                                curve.points().get(0).error()),
                        Measure.told(
                                        "heldOutError",
                                        "phoneme error rate",
                                        curve.last().error())
                                .beside(SUPERVISED, "Bisani & Ney 2008, supervised joint-sequence models")
                                .required(new Requirement.AtMost(0.11)),
                        Measure.told("trajectories", "trajectories", (double)
                                        curve.last().trajectories())
                                .beside(TRAJECTORIES, "full length")
                                .required(new Requirement.AtMost(1.01 * TRAJECTORIES)),
                        Measure.told(
                                "trajectoriesPerSecond",
                                "trajectories/s",
                                curve.last().trajectories() / curve.seconds())),
                List.of(new LineChart(
                        name(),
                        "Learning to pronounce from scores: phoneme error on 5,000 held-out words",
                        "trajectories",
                        "phoneme error rate",
                        List.of(new Series("transducer, through the pipeline", curve.trajectories(), curve.errors())),
                        List.of(new LineChart.Level("supervised, Bisani & Ney 2008", SUPERVISED)))));
    }
}
