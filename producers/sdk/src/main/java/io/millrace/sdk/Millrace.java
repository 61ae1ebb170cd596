package io.millrace.sdk;

import io.millrace.policy.FeatureHash;
import io.millrace.policy.spec.JoinSpec;
import io.millrace.schemas.Generation;
import io.millrace.schemas.Reward;
import io.millrace.schemas.wire.Topics;
import io.millrace.sdk.kafka.Connection;
import io.millrace.sdk.kafka.ConsumerThread;
import io.millrace.sdk.kafka.RecordLog;
import io.millrace.sdk.lag.HeartbeatFollower;
import io.millrace.sdk.lag.LagBook;
import io.millrace.sdk.lag.LinkTimes;
import io.millrace.sdk.replica.ParameterFollower;
import io.millrace.sdk.replica.Roster;
import io.millrace.sdk.replica.ServedPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Generates from policies that reload while they serve, logs what was generated, sends feedback.
 *
 * <p>Thread-safe. Two threads follow Kafka (policies and parameters; heartbeats), one sends to it; generating happens on the
 * caller's thread, without a lock. Each thread that generates keeps scratch space of its own, so call from pooled threads.
 * When Kafka goes away, what has been loaded is kept and the threads go on trying; meanwhile requests fail with
 * {@link UnavailableException}, since nothing is answered that is not safely logged.
 */
public final class Millrace implements AutoCloseable {

    /** Between a failure of a thread that follows Kafka and its next start. */
    private static final Duration RESTART_PAUSE = Duration.ofMillis(500);

    private final InstantSource clock;
    private final Duration closeTimeout;
    private final RecordLog log;
    private final AcknowledgedLog<Generation> generations;
    private final AcknowledgedLog<Reward> rewards;
    private final Generator generator;
    private final Roster roster;
    private final LagBook lagBook = new LagBook();
    private final ParameterFollower parameters;
    private final List<ConsumerThread> threads;

    private Millrace(MillraceConfig config, MillraceEnvironment environment) {
        Topics topics = config.topics();
        var connection = new Connection(environment.clients(), config.clientSettings(), topics);
        this.clock = environment.clock();
        this.closeTimeout = config.acknowledgeTimeout();
        this.log = new RecordLog(connection.producer());
        this.generations = new AcknowledgedLog<>(log, topics.generations(), "generation");
        this.rewards = new AcknowledgedLog<>(log, topics.rewards(), "feedback");
        this.roster = new Roster(config.policies(), clock, environment.randoms());
        this.generator = new Generator(roster, clock, config.replica());
        this.parameters = ParameterFollower.of(
                connection, log, roster, lagBook, environment.listener(), clock, config.heartbeatEvery());
        var heartbeats = new HeartbeatFollower(topics.replicas(), lagBook, clock);
        this.threads = List.of(
                new ConsumerThread(
                        "millrace-parameters-" + config.replica(),
                        () -> connection.consumer("parameters"),
                        parameters,
                        RESTART_PAUSE),
                new ConsumerThread(
                        "millrace-heartbeats-" + config.replica(),
                        () -> connection.consumer("heartbeats"),
                        heartbeats,
                        RESTART_PAUSE));
        threads.forEach(ConsumerThread::start);
    }

    /** Connects; returns at once, see {@link #awaitReady}. */
    public static Millrace open(MillraceConfig config) {
        return open(config, MillraceEnvironment.standard());
    }

    /** Connects with clients, clock, seed or listener of the caller's. */
    public static Millrace open(MillraceConfig config, MillraceEnvironment environment) {
        return new Millrace(config, environment);
    }

    /** The 64-bit hash by which an update's ledger knows a trajectory. */
    public static long ledgerHash(String trajectoryId) {
        return FeatureHash.of(trajectoryId);
    }

    /**
     * Generates an output and logs it.
     *
     * @return completes once Kafka has the log of it; fails with {@link UnavailableException} when it can't. Completes on
     *     Kafka's sending thread: whatever is chained to it must not block, or use the {@code Async} methods
     * @throws InvalidRequestException when the request does not fit the policy
     * @throws UnknownPolicyException when there is no such policy
     * @throws UnavailableException when no parameters have arrived yet
     */
    public CompletableFuture<Output> generate(GenerationRequest request) {
        Generator.Drawn drawn = generator.draw(request);
        return generations.append(drawn.output().trajectoryId(), drawn.record(), drawn.output());
    }

    /**
     * Logs an output that is right, for the policy to learn from; see {@link #generate} for what it throws.
     *
     * @return the id of its trajectory, once Kafka has the log
     */
    public CompletableFuture<String> demonstrate(Demonstration demonstration) {
        Generation record = generator.demonstrated(demonstration);
        return generations.append(record.getTrajectoryId(), record, record.getTrajectoryId());
    }

    /**
     * Logs that a trajectory was cut off, at a time limit say, and in which state; see {@link #generate} for what it throws.
     * A critic's value of that state stands for the rewards that would have followed.
     *
     * @return completes once Kafka has the log
     */
    public CompletableFuture<Void> cutOff(CutOff cutOff) {
        Generation record = generator.cutOff(cutOff);
        return generations
                .append(record.getTrajectoryId(), record, record.getTrajectoryId())
                .thenAccept(logged -> {});
    }

    /** Generates an output that is not logged and cannot be rewarded: for measuring and for looking. */
    public Output preview(GenerationRequest request) {
        return generator.preview(request);
    }

    /**
     * Sends feedback; completes once Kafka has it, on Kafka's sending thread, see {@link #generate}.
     *
     * @throws InvalidRequestException when the policy, if it is served here, has no such metric: the learner would refuse it
     */
    public CompletableFuture<Void> feedback(Feedback feedback) {
        join(feedback.policy()).ifPresent(join -> requireMetric(feedback, join));
        return rewards.append(feedback.trajectoryId(), feedback.toReward(), feedback)
                .thenAccept(logged -> {});
    }

    /** How long after an output the policy counts rewards for it; empty where the policy is not served. */
    public Optional<Duration> rewardWindow(String policy) {
        return join(policy).map(JoinSpec::rewardWindow);
    }

    private Optional<JoinSpec> join(String policy) {
        return roster.find(policy).flatMap(ServedPolicy::join);
    }

    private static void requireMetric(Feedback feedback, JoinSpec join) {
        if (!join.metrics().containsKey(feedback.name())) {
            throw new InvalidRequestException("name: expected one of the metrics "
                    + new TreeSet<>(join.metrics().keySet()) + " of policy '" + feedback.policy() + "', found '"
                    + feedback.name() + "'; name one of them, or add it to the policy's join.metrics");
        }
    }

    /** The policies known here, by name. */
    public List<PolicyStatus> policies() {
        return roster.all().stream()
                .sorted(Comparator.comparing(ServedPolicy::name))
                .map(Millrace::status)
                .toList();
    }

    private static PolicyStatus status(ServedPolicy policy) {
        return new PolicyStatus(
                policy.name(),
                policy.kind(),
                policy.spec().getSpecification(),
                policy.ready(),
                policy.spec().getPaused(),
                policy.epoch(),
                policy.version(),
                policy.checksumMatches(),
                policy.generations(),
                policy.trajectoriesTotal(),
                policy.rewardMean(),
                policy.problem());
    }

    /**
     * Waits until every named policy has parameters; where the configuration names none, until some policy has, and all
     * that can be followed. One that was applied a minute ago or longer, and has never had any, is not waited for.
     *
     * @return false when the time ran out first
     */
    public boolean awaitReady(Duration timeout) throws InterruptedException {
        return parameters.ready().await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether {@link #awaitReady} would return at once. Once true it stays true: what has been loaded is kept. */
    public boolean ready() {
        return parameters.ready().getCount() == 0;
    }

    /** The update-lag chain of every replica that reports, this one included. */
    public LagReport lag() {
        return LagReports.of(lagBook.rows(clock.instant()));
    }

    /** Histograms of every link of the update-lag chain since the start of this process, for whatever exports metrics. */
    public List<LinkTimes> lagTimes() {
        return lagBook.times();
    }

    /** Counts since the start. */
    public MillraceMetrics metrics() {
        return new MillraceMetrics(
                generations.logged(),
                generations.failed(),
                rewards.logged(),
                rewards.failed(),
                log.waitingBytes(),
                parameters.skipped(),
                parameters.resynchronisations());
    }

    /**
     * Stops following Kafka, tells the other replicas that this one goes, and waits for what has been handed over to be
     * acknowledged.
     */
    @Override
    public void close() {
        threads.forEach(ConsumerThread::close);
        parameters.takeLeave();
        log.close(closeTimeout);
    }
}
