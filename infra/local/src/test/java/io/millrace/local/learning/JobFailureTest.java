package io.millrace.local.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class JobFailureTest {

    @Test
    void isToldByItsFirstCauseInOneLine() {
        String trace = """
                org.apache.flink.runtime.JobException: Recovery is suppressed
                \tat org.apache.flink.Some.method(Some.java:1)
                Caused by: java.lang.RuntimeException: outer
                \t... 3 more
                Caused by: java.io.IOException: disk full
                \tat java.base/Some.method(Some.java:2)
                """;

        assertThat(JobFailure.of(Instant.EPOCH, trace).cause()).isEqualTo("java.io.IOException: disk full");
        assertThat(JobFailure.of(Instant.EPOCH, "plain: failure\n\tat a.b").cause())
                .isEqualTo("plain: failure");
        assertThat(JobFailure.of(Instant.EPOCH, "").cause()).isEqualTo("unknown");
    }
}
