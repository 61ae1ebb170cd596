package io.millrace.local.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FirstCauseTest {

    @Test
    void isTheInnermostCauseOfATrace() {
        String trace = """
                org.apache.flink.util.FlinkException: the program failed
                \tat somewhere
                Caused by: java.lang.RuntimeException: wrapped
                \tat elsewhere
                Caused by: java.net.ConnectException: no Kafka
                \t... 3 more
                """;

        assertThat(FirstCause.of(trace)).isEqualTo("java.net.ConnectException: no Kafka");
    }

    @Test
    void isTheFirstLineOfATextWithoutCauses() {
        assertThat(FirstCause.of("Job could not be found\n\tat x")).isEqualTo("Job could not be found");
        assertThat(FirstCause.of("")).isEqualTo("no reason given");
    }
}
