package io.millrace.local.system;

import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.sdk.replica.UpdateListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a local system is made of.
 *
 * @param dataDirectory where records and checkpoints are kept; empty: temporary, deleted on close
 * @param kafkaPort loopback port of the broker; 0: any free one
 * @param replicas serving replicas, named {@code replica-1} and so on
 * @param httpPort loopback port of the first replica, each further one on the next; 0: any free ones
 * @param policies applied at the start; replicas are ready when these have parameters
 * @param defaults applied as well, but only where no policy of the name has ever been: what an operator has changed stays
 * @param seed of what the replicas draw; empty: as it comes
 * @param readyWithin longest wait for the policies' first parameters
 * @param metricsPort where a Prometheus server finds Flink's metrics, on every address; empty: nowhere
 * @param listeners told of the updates that a replica sees, by the replica's name
 */
public record LocalSystemOptions(
        Optional<Path> dataDirectory,
        int kafkaPort,
        int replicas,
        int httpPort,
        List<PolicyDefinition> policies,
        List<PolicyDefinition> defaults,
        Optional<Long> seed,
        Duration readyWithin,
        Optional<Integer> metricsPort,
        Function<String, UpdateListener> listeners) {

    public LocalSystemOptions {
        if (replicas < 1) {
            throw new IllegalArgumentException("replicas: expected 1 or more, found " + replicas);
        }
        policies = List.copyOf(policies);
        defaults = List.copyOf(defaults);
    }

    /** Two replicas, temporary data, any free ports. */
    public static LocalSystemOptions temporary(List<PolicyDefinition> policies) {
        return new LocalSystemOptions(
                Optional.empty(),
                0,
                2,
                0,
                policies,
                List.of(),
                Optional.empty(),
                Duration.ofSeconds(60),
                Optional.empty(),
                replica -> UpdateListener.NONE);
    }

    public LocalSystemOptions withDefaults(List<PolicyDefinition> newDefaults) {
        return new LocalSystemOptions(
                dataDirectory,
                kafkaPort,
                replicas,
                httpPort,
                policies,
                newDefaults,
                seed,
                readyWithin,
                metricsPort,
                listeners);
    }

    public LocalSystemOptions keptIn(Path directory) {
        return new LocalSystemOptions(
                Optional.of(directory),
                kafkaPort,
                replicas,
                httpPort,
                policies,
                defaults,
                seed,
                readyWithin,
                metricsPort,
                listeners);
    }

    public LocalSystemOptions at(int newKafkaPort, int newHttpPort) {
        return new LocalSystemOptions(
                dataDirectory,
                newKafkaPort,
                replicas,
                newHttpPort,
                policies,
                defaults,
                seed,
                readyWithin,
                metricsPort,
                listeners);
    }

    public LocalSystemOptions withReplicas(int number) {
        return new LocalSystemOptions(
                dataDirectory,
                kafkaPort,
                number,
                httpPort,
                policies,
                defaults,
                seed,
                readyWithin,
                metricsPort,
                listeners);
    }

    public LocalSystemOptions seeded(long newSeed) {
        return new LocalSystemOptions(
                dataDirectory,
                kafkaPort,
                replicas,
                httpPort,
                policies,
                defaults,
                Optional.of(newSeed),
                readyWithin,
                metricsPort,
                listeners);
    }

    public LocalSystemOptions listenedToBy(Function<String, UpdateListener> newListeners) {
        return new LocalSystemOptions(
                dataDirectory,
                kafkaPort,
                replicas,
                httpPort,
                policies,
                defaults,
                seed,
                readyWithin,
                metricsPort,
                newListeners);
    }

    public LocalSystemOptions withMetricsAt(Optional<Integer> port) {
        return new LocalSystemOptions(
                dataDirectory, kafkaPort, replicas, httpPort, policies, defaults, seed, readyWithin, port, listeners);
    }
}
