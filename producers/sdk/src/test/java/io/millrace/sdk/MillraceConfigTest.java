package io.millrace.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MillraceConfigTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void givesEveryReplicaANameOfItsOwn() {
        assertThat(MillraceConfig.of("localhost:9092").replica())
                .isNotEqualTo(MillraceConfig.of("localhost:9092").replica());
    }

    @Test
    void namesTheKeyOfWhatIsImpossible() {
        refuses("bootstrap-servers: expected", " ", "millrace", "r1", SECOND, SECOND, Map.of());
        refuses("topic prefix: expected", "k:9092", "mill race", "r1", SECOND, SECOND, Map.of());
        refuses("replica: expected", "k:9092", "millrace", "a/b", SECOND, SECOND, Map.of());
        refuses("acknowledge-timeout: expected", "k:9092", "millrace", "r1", Duration.ZERO, SECOND, Map.of());
        refuses("heartbeat-every: expected", "k:9092", "millrace", "r1", SECOND, Duration.ofDays(1), Map.of());
        refuses("kafka.acks: expected", "k:9092", "millrace", "r1", SECOND, SECOND, Map.of("acks", "0"));
    }

    @Test
    void doesNotShowKafkasSettings() {
        var config = new MillraceConfig(
                "k:9092",
                "millrace",
                "r1",
                Set.of(),
                SECOND,
                SECOND,
                Map.of("sasl.jaas.config", "module required password=hush;"));

        assertThat(config.toString()).contains("sasl.jaas.config").doesNotContain("hush");
        assertThat(config.clientSettings().toString())
                .contains("sasl.jaas.config")
                .doesNotContain("hush");
    }

    private static void refuses(
            String message,
            String servers,
            String prefix,
            String replica,
            Duration acknowledgeTimeout,
            Duration heartbeatEvery,
            Map<String, String> kafka) {
        assertThatThrownBy(() -> new MillraceConfig(
                        servers, prefix, replica, Set.of(), acknowledgeTimeout, heartbeatEvery, kafka))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
