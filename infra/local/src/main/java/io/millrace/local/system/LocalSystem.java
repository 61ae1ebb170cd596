package io.millrace.local.system;

import io.millrace.learner.options.LearnerOptions;
import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.PolicyAdmin;
import io.millrace.local.admin.TopicAdmin;
import io.millrace.local.admin.TopicOptions;
import io.millrace.local.broker.BrokerOptions;
import io.millrace.local.broker.EmbeddedBroker;
import io.millrace.local.files.WorkingDirectory;
import io.millrace.local.learning.ClusterOptions;
import io.millrace.local.learning.LearnerCluster;
import io.millrace.schemas.PolicySpec;
import io.millrace.sdk.MillraceConfig;
import io.millrace.sdk.MillraceEnvironment;
import io.millrace.server.ServerConfig;
import io.millrace.server.token.FeedbackSecret;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.configuration.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole system in one JVM: a broker, the learner job on a Flink cluster, and serving replicas. Started again on the
 * same data directory it goes on where it was. One thread owns it.
 */
public final class LocalSystem implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalSystem.class);
    private static final Duration ACKNOWLEDGE_TIMEOUT = Duration.ofSeconds(10);
    private static final Set<String> ALL_POLICIES = Set.of();
    private static final Duration HEARTBEAT_EVERY = Duration.ofMillis(500);

    /**
     * Broker, job and replicas share a few cores, and a Kafka request costs a core more than a record does: readers and
     * the replicas' writers wait up to 10 ms for company.
     */
    private static final Map<String, String> READERS = Map.of("fetch.min.bytes", "16384", "fetch.max.wait.ms", "10");

    private static final Map<String, String> REPLICAS =
            Map.of("linger.ms", "10", "fetch.min.bytes", "16384", "fetch.max.wait.ms", "10");

    private final LocalSystemOptions options;
    private final Deque<AutoCloseable> closedInReverse = new ArrayDeque<>();
    private final EmbeddedBroker broker;
    private final LearnerCluster learner;
    private final List<ServingReplica> replicas = new ArrayList<>();

    private LocalSystem(LocalSystemOptions options) {
        this.options = options;
        requireFreePorts(options);
        try {
            WorkingDirectory data = opened(
                    WorkingDirectory.of(options.dataDirectory(), "millrace-").locked());
            // Broker and Flink need a few seconds each and, before the job is submitted, nothing of one another.
            CompletableFuture<LearnerCluster> cluster =
                    CompletableFuture.supplyAsync(() -> LearnerCluster.start(clusterOptions(data)));
            this.broker = startBroker(data, cluster);
            this.learner = opened(joined(cluster));
            learner.submit(learnerOptions());
            FeedbackSecret secret = KeptSecret.in(data);
            for (int i = 0; i < options.replicas(); i++) {
                ServerConfig http = ServerConfig.local(httpPort(options, i), secret);
                replicas.add(opened(replica("replica-" + (i + 1), http)));
            }
            awaitReady();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts everything, and returns when every replica has parameters of every policy of the options.
     *
     * @throws RuntimeException when a part does not start; what had started is stopped again
     */
    public static LocalSystem start(LocalSystemOptions options) {
        return new LocalSystem(options);
    }

    /** How tools reach this system's Kafka. */
    public KafkaAccess kafka() {
        return KafkaAccess.plain(broker.bootstrapServers());
    }

    public EmbeddedBroker broker() {
        return broker;
    }

    public LearnerCluster learner() {
        return learner;
    }

    /** In the order of their names. */
    public List<ServingReplica> replicas() {
        return List.copyOf(replicas);
    }

    /** Stops serving, then learning, then the broker; every part is tried even when an earlier one fails. */
    @Override
    public void close() {
        while (!closedInReverse.isEmpty()) {
            AutoCloseable part = closedInReverse.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("Stopping {} failed", part, e);
            }
        }
    }

    private EmbeddedBroker startBroker(WorkingDirectory data, CompletableFuture<LearnerCluster> cluster) {
        try {
            EmbeddedBroker started = opened(EmbeddedBroker.start(
                    new BrokerOptions(Optional.of(data.path().resolve("kafka")), options.kafkaPort())));
            prepare(KafkaAccess.plain(started.bootstrapServers()));
            return started;
        } catch (RuntimeException e) {
            joined(cluster).close();
            throw e;
        }
    }

    private void prepare(KafkaAccess kafka) {
        try (TopicAdmin topics = TopicAdmin.connect(kafka)) {
            topics.create(TopicOptions.DEFAULTS);
        }
        PolicyAdmin policies = new PolicyAdmin(kafka, Clock.systemUTC());
        options.policies().forEach(policies::apply);
        options.defaults().forEach(policies::applyIfUnknown);
    }

    /** Before there is a directory, so that a start that must fail leaves none. */
    private static void requireFreePorts(LocalSystemOptions options) {
        FreePort.require("--kafka-port", ServerConfig.DEFAULT_HOST, options.kafkaPort());
        for (int i = 0; i < options.replicas(); i++) {
            FreePort.require("--http-port", ServerConfig.DEFAULT_HOST, httpPort(options, i));
        }
    }

    private static int httpPort(LocalSystemOptions options, int replica) {
        return options.httpPort() == 0 ? 0 : options.httpPort() + replica;
    }

    private ClusterOptions clusterOptions(WorkingDirectory data) {
        return ClusterOptions.in(
                        data.path().resolve("checkpoints"),
                        data.temporary() ? ClusterOptions.Retention.DELETE : ClusterOptions.Retention.KEEP)
                .withMetricsAt(options.metricsPort());
    }

    private LearnerOptions learnerOptions() {
        Configuration configuration =
                new Configuration().set(LearnerOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers());
        READERS.forEach((key, value) -> configuration.setString(LearnerOptions.KAFKA_PREFIX + key, value));
        return LearnerOptions.from(configuration);
    }

    private ServingReplica replica(String name, ServerConfig http) {
        MillraceEnvironment environment =
                MillraceEnvironment.standard().withListener(options.listeners().apply(name));
        return ServingReplica.open(
                new MillraceConfig(
                        broker.bootstrapServers(),
                        kafka().topics().prefix(),
                        name,
                        ALL_POLICIES,
                        ACKNOWLEDGE_TIMEOUT,
                        HEARTBEAT_EVERY,
                        REPLICAS),
                options.seed()
                        .map(seed -> environment.withSeed(seed + name.hashCode()))
                        .orElse(environment),
                http);
    }

    private void awaitReady() {
        Set<String> awaited = awaited();
        for (ServingReplica replica : replicas) {
            if (!Readiness.await(replica.millrace(), awaited, options.readyWithin())) {
                throw new IllegalStateException("start: expected parameters of the policies " + awaited + " within "
                        + options.readyWithin() + ", found some missing at " + replica.name() + "; the job is "
                        + learner.status()
                        + learner.lastFailure().map(f -> ": " + f).orElse(""));
            }
        }
    }

    /** The options' policies, less those that an operator has withdrawn: they would never come. */
    private Set<String> awaited() {
        Set<String> names = new TreeSet<>();
        options.policies().forEach(policy -> names.add(policy.policy()));
        options.defaults().forEach(policy -> names.add(policy.policy()));
        if (!names.isEmpty()) {
            names.retainAll(new PolicyAdmin(kafka(), Clock.systemUTC())
                    .list().stream().map(PolicySpec::getPolicy).toList());
        }
        return names;
    }

    private <T extends AutoCloseable> T opened(T part) {
        closedInReverse.push(part);
        return part;
    }

    private static LearnerCluster joined(CompletableFuture<LearnerCluster> cluster) {
        try {
            return cluster.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
