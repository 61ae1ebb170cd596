package io.millrace.local.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** A line every five seconds: for logs and pipes. */
final class LineScreen implements Screen {

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final PrintWriter out;
    private Duration shownAt = Duration.ofSeconds(Long.MIN_VALUE / 2);

    LineScreen(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void show(Progress now) {
        if (now.elapsed().minus(shownAt).compareTo(EVERY) < 0) {
            return;
        }
        shownAt = now.elapsed();
        say(String.format(
                Locale.ROOT,
                "%4d s  learned %,d (%,.0f/s)  reward %.3f  held-out error %.1f%%  lag p50 %.0f ms p99 %.0f ms"
                        + "  version %d  dead letters %d",
                now.elapsed().toSeconds(),
                now.head().trajectoriesTotal(),
                now.learnedPerSecond(),
                now.users().rewardMeanLast(),
                100 * now.heldOutError(),
                now.recentLag().p50(),
                now.recentLag().p99(),
                now.head().version(),
                now.deadLettersTotal()));
    }
}
