package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.learning.JobFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JobWatchTest {

    private final StringWriter out = new StringWriter();
    private Optional<JobFailure> newest = Optional.empty();
    private final JobWatch watch = new JobWatch(this::newest, new PrintWriter(out));

    @Test
    void tellsEveryFailureOnce() {
        watch.look();
        assertThat(out.toString()).isEmpty();

        newest = Optional.of(new JobFailure(Instant.EPOCH, "disk full"));
        watch.look();
        watch.look();
        newest = Optional.of(new JobFailure(Instant.EPOCH.plusSeconds(1), "disk full"));
        watch.look();

        assertThat(out.toString().lines())
                .containsExactly(
                        "The job restarts after a failure at 1970-01-01T00:00:00Z: disk full",
                        "The job restarts after a failure at 1970-01-01T00:00:01Z: disk full");
    }

    @Test
    void goesOnWhenTheJobCannotBeAsked() {
        JobWatch unlucky = new JobWatch(
                () -> {
                    throw new IllegalStateException("no answer");
                },
                new PrintWriter(out));

        unlucky.look();

        assertThat(out.toString()).isEmpty();
    }

    private Optional<JobFailure> newest() {
        return newest;
    }
}
