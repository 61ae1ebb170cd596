package io.millrace.local.deployment;

import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** Keys of Flink's configuration: a wrong one would silently do nothing. */
final class FlinkKeys {

    private static final Set<String> REPORTER =
            Set.of("metrics.reporter.prometheus.factory.class", "metrics.reporter.prometheus.port");

    private FlinkKeys() {}

    static Set<String> known() {
        var keys = new TreeSet<>(REPORTER);
        Stream.of(
                        CheckpointingOptions.class,
                        CoreOptions.class,
                        ExecutionOptions.class,
                        HeartbeatManagerOptions.class,
                        HighAvailabilityOptions.class,
                        JobManagerOptions.class,
                        PipelineOptions.class,
                        RestartStrategyOptions.class,
                        StateBackendOptions.class,
                        TaskManagerOptions.class)
                .flatMap(options -> Stream.of(options.getDeclaredFields()))
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class)
                .forEach(field -> {
                    try {
                        if (field.canAccess(null) && field.get(null) instanceof ConfigOption<?> option) {
                            keys.add(option.key());
                        }
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(field.toString(), e);
                    }
                });
        return keys;
    }
}
