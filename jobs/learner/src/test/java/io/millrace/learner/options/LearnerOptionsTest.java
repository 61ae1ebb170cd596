package io.millrace.learner.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learner.options.LearnerOptions.Delivery;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearnerOptionsTest {

    @Test
    void needsNothingButTheBootstrapServers() {
        LearnerOptions options = read(Map.of());

        assertThat(options.kafka()).containsExactly(Map.entry("bootstrap.servers", "host:9092"));
        assertThat(options.topics().generations().name()).isEqualTo("millrace.generations.v1");
        assertThat(options.groupId()).isEqualTo("millrace-learner");
        assertThat(options.delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
        assertThat(options.lanes()).isEqualTo(16);
        assertThat(options.baselineTimeToLive()).isEqualTo(Duration.ofDays(30));
        assertThat(options.outOfOrder()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.idleAfter()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.startGrace()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.unknownPolicyGrace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.clockSkew()).isEqualTo(Duration.ofMinutes(5));
        assertThat(options.maxRecordBytes()).isEqualTo(1024 * 1024);
    }

    @Test
    void readsWhatIsGiven() {
        LearnerOptions options = read(Map.of(
                "millrace.topic-prefix", "mine",
                "millrace.delivery", "exactly_once",
                "millrace.lanes", "3",
                "millrace.clock-skew", "90s"));

        assertThat(options.topics().prefix()).isEqualTo("mine");
        assertThat(options.delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
        assertThat(options.lanes()).isEqualTo(3);
        assertThat(options.clockSkew()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void jobsWithTopicsOfTheirOwnHaveAGroupAndANameOfTheirOwn() {
        LearnerOptions mine = read(Map.of("millrace.topic-prefix", "mine"));
        LearnerOptions named = read(Map.of("millrace.topic-prefix", "mine", "millrace.group-id", "chosen"));

        assertThat(mine.groupId()).isEqualTo("mine-learner");
        assertThat(mine.jobName()).isEqualTo("mine-learner");
        assertThat(named.groupId()).isEqualTo("chosen");
        assertThat(named.jobName()).isEqualTo("mine-learner");
        assertThat(read(Map.of()).jobName()).isEqualTo("millrace-learner");
    }

    @Test
    void passesKafkaKeysToTheClientsWithoutTheirPrefix() {
        LearnerOptions options =
                read(Map.of("kafka.security.protocol", "SSL", "kafka.bootstrap.servers", "elsewhere:1"));

        assertThat(options.kafkaProperties())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("bootstrap.servers", "host:9092")
                .hasSize(2);
    }

    @Test
    void leavesKeysOfOthersAlone() {
        assertThat(read(Map.of("parallelism.default", "2")).kafka()).doesNotContainKey("parallelism.default");
    }

    @Test
    void namesTheKeyOfMissingBootstrapServers() {
        assertThatThrownBy(() -> LearnerOptions.from(new Configuration()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "option millrace.bootstrap-servers: expected Kafka's addresses, found none; give host:port");
    }

    @Test
    void refusesAnUnknownKey() {
        assertThatThrownBy(() -> read(Map.of("millrace.lane", "3")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("option millrace.lane: expected one of [millrace.bootstrap-servers, ")
                .hasMessageContaining("mend its name");
    }

    @ParameterizedTest
    @CsvSource({
        "millrace.lanes, 0",
        "millrace.lanes, many",
        "millrace.baseline-time-to-live, 10ms",
        "millrace.max-record-bytes, 100",
        "millrace.delivery, perhaps_once",
        "millrace.watermark.out-of-order, soon",
        "millrace.topic-prefix, no spaces",
    })
    void refusesAnImpossibleValueAndNamesItsKey(String key, String value) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key);
    }

    @ParameterizedTest
    @CsvSource({
        "millrace.watermark.out-of-order",
        "millrace.watermark.idle-after",
        "millrace.watermark.start-grace",
        "millrace.unknown-policy-grace",
        "millrace.clock-skew",
    })
    void refusesATimeBeforeNow(String key) {
        assertThatThrownBy(() -> read(Map.of(key, "-1s")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key);
    }

    private static LearnerOptions read(Map<String, String> given) {
        Map<String, String> all = new HashMap<>(given);
        all.put("millrace.bootstrap-servers", "host:9092");
        return LearnerOptions.from(Configuration.fromMap(all));
    }
}
