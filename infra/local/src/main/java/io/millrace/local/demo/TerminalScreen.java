package io.millrace.local.demo;

import io.millrace.sdk.LagReport;
import io.millrace.simulator.world.Example;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Redraws one block of lines in place, on a terminal that knows ANSI's cursor movements (ECMA-48). */
final class TerminalScreen implements Screen {

    private static final String ESCAPE = "\u001B[";
    private static final String CLEAR_LINE = ESCAPE + "2K";
    private static final int BAR_CELLS = 40;

    private final PrintWriter out;
    private int drawn;

    TerminalScreen(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void say(String line) {
        out.println(line);
        out.flush();
        drawn = 0;
    }

    @Override
    public void show(Progress progress) {
        List<String> lines = lines(progress);
        if (drawn > 0) {
            out.print(ESCAPE + drawn + "A");
        }
        lines.forEach(line -> out.println(CLEAR_LINE + line));
        out.flush();
        drawn = lines.size();
    }

    static List<String> lines(Progress now) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(row("time", "%d s", now.elapsed().toSeconds()));
        lines.add(row(
                "trajectories",
                "%,d generated, %,d learned, %,.0f a second",
                now.users().generated(),
                now.head().trajectoriesTotal(),
                now.learnedPerSecond()));
        lines.add(row(
                "reward",
                "%.3f of the last tenth, %.3f of the first",
                now.users().rewardMeanLast(),
                now.users().rewardMeanFirst()));
        lines.add(row(
                "held-out error",
                "%s %.1f%%, %.1f%% at the start",
                bar(now.heldOutError()),
                100 * now.heldOutError(),
                100 * now.heldOutErrorAtStart()));
        lines.add(row(
                "update lag",
                "p50 %.0f ms, p99 %.0f ms, most %.0f ms",
                now.recentLag().p50(),
                now.recentLag().p99(),
                now.recentLag().max()));
        for (LagReport.ReplicaLag replica : now.replicas()) {
            lines.add(row(
                    replica.replica(),
                    "version %d of epoch %d, %d behind, checksum %s",
                    replica.version(),
                    replica.epoch(),
                    replica.versionsBehind(),
                    replica.checksumMatches() ? "matches" : "DIFFERS"));
        }
        lines.add(row(
                "dead letters",
                "%d %s",
                now.deadLettersTotal(),
                now.deadLetters().isEmpty() ? "" : now.deadLetters()));
        lines.add("");
        now.examples().forEach(example -> lines.add(example(example)));
        return lines;
    }

    private static String example(Example example) {
        String verdict = example.said().equals(example.best()) ? "right" : "best: " + example.best();
        return row(example.asked(), "%-40s %s", example.said(), verdict);
    }

    private static String row(String name, String format, Object... values) {
        return String.format(Locale.ROOT, "  %-16s ", name) + String.format(Locale.ROOT, format, values);
    }

    private static String bar(double share) {
        int full = (int) Math.round(BAR_CELLS * Math.max(0, Math.min(1, share)));
        return "[" + "#".repeat(full) + "-".repeat(BAR_CELLS - full) + "]";
    }
}
