package io.millrace.bench.state;

import io.millrace.bench.report.Measure;
import io.millrace.bench.report.Requirement;
import io.millrace.bench.report.SuiteReport;
import io.millrace.local.demo.Machine;
import io.millrace.local.files.WorkingDirectory;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Many open trajectories beside few. */
public final class LargeState {

    private static final String NAME = "large-state";
    /** How much more an event may cost with all of them open. */
    private static final double GREATEST_RATIO = 2;

    private static final double OPEN_ASKED = 10_000_000;

    private LargeState() {}

    /**
     * Measures both, one after the other.
     *
     * @param few open trajectories to compare with
     * @param open the many
     * @param pairs of a generation and a reward, measured with each
     */
    public static SuiteReport measure(long few, long open, long pairs, Consumer<String> progress) throws Exception {
        // Whoever is first runs in a cold JVM.
        run(few, Math.max(10, pairs / 4), line -> progress.accept("warming up: " + line));
        StateRun.Result small = run(few, pairs, progress);
        StateRun.Result large = run(open, pairs, progress);
        return new SuiteReport(
                NAME,
                Machine.here(),
                List.of(
                        Measure.told("openTrajectories", "trajectories", (double) large.open())
                                .required(new Requirement.AtLeast(OPEN_ASKED)),
                        Measure.told("microsPerEvent", "µs", large.microsPerEvent())
                                .beside(small.microsPerEvent(), few + " open trajectories"),
                        Measure.told(
                                        "costRatio",
                                        "times the cost of an event with few",
                                        large.microsPerEvent() / small.microsPerEvent())
                                .required(new Requirement.AtMost(GREATEST_RATIO)),
                        Measure.told("fillSeconds", "s", large.fillSeconds()),
                        Measure.told(
                                "checkpointSeconds",
                                "s",
                                large.firstCheckpoint().seconds()),
                        Measure.told(
                                "checkpointMegabytes",
                                "MB",
                                large.firstCheckpoint().megabytes()),
                        Measure.told(
                                "nextCheckpointSeconds",
                                "s, after " + pairs + " pairs",
                                large.nextCheckpoint().seconds()),
                        Measure.told(
                                "nextCheckpointMegabytes",
                                "MB",
                                large.nextCheckpoint().megabytes())));
    }

    private static StateRun.Result run(long open, long pairs, Consumer<String> progress) throws Exception {
        try (var directory = WorkingDirectory.of(Optional.empty(), "millrace-state-")) {
            StateRun.Result result = StateRun.run(open, pairs, directory.path());
            progress.accept(
                    "%s, %,d open: filled in %.0f s, %.1f µs an event, checkpoint %.1f s and %.0f MB, next %.1f s and %.0f MB"
                            .formatted(
                                    NAME,
                                    open,
                                    result.fillSeconds(),
                                    result.microsPerEvent(),
                                    result.firstCheckpoint().seconds(),
                                    result.firstCheckpoint().megabytes(),
                                    result.nextCheckpoint().seconds(),
                                    result.nextCheckpoint().megabytes()));
            return result;
        }
    }
}
