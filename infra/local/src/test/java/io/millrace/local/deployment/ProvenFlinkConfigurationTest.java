package io.millrace.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.house.Checkout;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.junit.jupiter.api.Test;

/**
 * What is shipped is what was proven: {@code millrace chaos} kills the processes of a cluster whose configuration decides how
 * soon a failure is noticed and whether the job outlives it, so these keys are the same there, in what is deployed, and in
 * what the README tells people to set.
 */
final class ProvenFlinkConfigurationTest {

    private static final List<ConfigOption<?>> OPTIONS = List.of(
            CheckpointingOptions.TOLERABLE_FAILURE_NUMBER,
            CheckpointingOptions.MAX_RETAINED_CHECKPOINTS,
            HeartbeatManagerOptions.HEARTBEAT_INTERVAL,
            HeartbeatManagerOptions.HEARTBEAT_TIMEOUT,
            PipelineOptions.OBJECT_REUSE);

    private static final Pattern PROVEN = Pattern.compile("^ {12}([a-z-]+\\.[a-z.-]+): (.+)$", Pattern.MULTILINE);

    private static final Map<String, Configuration> SHIPPED = Map.of(
            "compose", Configuration.fromMap(ShippedFlink.compose()),
            "kubernetes", Configuration.fromMap(ShippedFlink.kubernetes()));

    private final Configuration proven = proven();

    @Test
    void theKeysThatDecideOverAFailureAreShippedAsTheyAreProven() {
        assertThat(OPTIONS).allSatisfy(option -> {
            assertThat(proven.contains(option)).as(option.key()).isTrue();
            assertThat(SHIPPED)
                    .allSatisfy((name, configuration) -> assertThat(configuration.get(option))
                            .as("%s of %s", option.key(), name)
                            .isEqualTo(proven.get(option)));
        });
    }

    /** The proven one restarts at once, for ever; what is shipped must not give up either, and not hammer. */
    @Test
    void theJobIsRestartedForEverAndAtFirstSoon() {
        assertThat(SHIPPED).allSatisfy((name, configuration) -> {
            assertThat(configuration.get(RestartStrategyOptions.RESTART_STRATEGY))
                    .isEqualTo("exponential-delay");
            assertThat(configuration.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS))
                    .isEqualTo(Integer.MAX_VALUE);
            assertThat(configuration.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF))
                    .isLessThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(configuration.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF))
                    .isLessThanOrEqualTo(Duration.ofSeconds(30));
        });
    }

    /** The proven one flushes at once, which costs little at its rate; what is shipped adds a millisecond at each hop at most. */
    @Test
    void buffersWaitForAMillisecondAtMost() {
        assertThat(proven.get(ExecutionOptions.BUFFER_TIMEOUT)).isEqualTo(Duration.ZERO);
        assertThat(SHIPPED)
                .allSatisfy((name, configuration) -> assertThat(configuration.get(ExecutionOptions.BUFFER_TIMEOUT))
                        .as(name)
                        .isLessThanOrEqualTo(Duration.ofMillis(1)));
    }

    @Test
    void theReadmeNamesThem() {
        String readme = Checkout.read("README.md");
        String needs = readme.substring(readme.indexOf("What the cluster needs:"));

        Map<String, String> values = ShippedFlink.kubernetes();
        assertThat(Stream.concat(OPTIONS.stream(), Stream.of(ExecutionOptions.BUFFER_TIMEOUT)))
                .allSatisfy(option ->
                        assertThat(needs).contains("`" + option.key() + ": " + values.get(option.key()) + "`"));
        assertThat(needs).contains("`restart-strategy.type: exponential-delay`");
    }

    private static Configuration proven() {
        var found = new LinkedHashMap<String, String>();
        PROVEN.matcher(Checkout.read("infra/local/src/main/java/io/millrace/local/processes/FlinkFiles.java"))
                .results()
                .forEach(line -> found.put(line.group(1), line.group(2)));
        return Configuration.fromMap(found);
    }
}
