package io.millrace.local.demo;

import io.millrace.local.audit.Ledger;
import io.millrace.local.audit.LineageTree;
import io.millrace.local.audit.ReplicaAgreement;
import io.millrace.local.system.BundledPolicies;
import io.millrace.local.system.LocalSystem;
import io.millrace.local.system.LocalSystemOptions;
import io.millrace.local.system.ServingReplica;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.sdk.Millrace;
import io.millrace.simulator.Simulation;
import io.millrace.simulator.SimulationSettings;
import io.millrace.simulator.Worlds;
import io.millrace.simulator.pace.ClosedLoop;
import io.millrace.simulator.service.HttpService;
import io.millrace.simulator.service.SdkService;
import io.millrace.simulator.world.World;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The whole loop in one JVM, watched and audited: start everything, let users in, show how the policy learns, let the last
 * of them be heard, then prove that every trajectory was learned exactly once and that all replicas hold the same θ.
 */
public final class Demo {

    private static final double FIRST_RATE_PER_SECOND = 2500;
    private static final Duration LAST_WORDS = Duration.ofSeconds(60);
    private static final Duration CATCH_UP = Duration.ofSeconds(60);
    private static final Duration AGREEMENT = Duration.ofSeconds(30);
    private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(10);
    private static final long LOOK_EVERY_MILLIS = 100;
    private static final long SHOW_EVERY_MILLIS = 1000;
    private static final String LEADING = "replica-1";

    private final DemoOptions options;
    private final Screen screen;
    private final Clock clock = Clock.systemUTC();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final UpdateWatch watch = new UpdateWatch();

    public Demo(DemoOptions options, Screen screen) {
        this.options = options;
        this.screen = screen;
    }

    /** Lets the users out; {@link #run} then comes to its end. Any thread. */
    public void stop() {
        stopped.countDown();
    }

    /** Runs to the end, and says what came of it. */
    public DemoReport run() throws InterruptedException {
        CompletableFuture<World> world =
                CompletableFuture.supplyAsync(() -> Worlds.named(options.world(), options.seed()));
        PolicyDefinition policy = BundledPolicies.forWorld(options.world(), options.seed());
        screen.say("Starting a Kafka broker, a Flink cluster and two serving replicas in this JVM");
        try (LocalSystem system = LocalSystem.start(LocalSystemOptions.temporary(List.of(policy))
                        .at(0, options.httpPort())
                        .seeded(options.seed())
                        .withMetricsAt(options.metricsPort())
                        .listenedToBy(replica -> replica.equals(LEADING) ? watch.leading() : watch.following()));
                Witness witness = Witness.of(system.kafka(), policy.policy())) {
            return run(system, policy.policy(), world.join(), witness);
        }
    }

    private DemoReport run(LocalSystem system, String policy, World world, Witness witness)
            throws InterruptedException {
        screen.say("Serving at "
                + system.replicas().stream()
                        .map(replica -> replica.server().uri().toString())
                        .collect(Collectors.joining(" and ")));
        Millrace millrace = system.replicas().get(0).millrace();
        SdkService service = new SdkService(millrace, policy);
        Audience audience = new Audience(world, service);
        double errorAtStart = audience.fullError();
        try (Simulation users = Simulation.of(world, service, SimulationSettings.seeded(options.seed()))
                .http(overHttp(system, policy))
                .ledger(Millrace::ledgerHash)
                .pace(
                        new ClosedLoop(
                                options.targetLagMillis(),
                                Math.min(FIRST_RATE_PER_SECOND, options.mostPerSecond()),
                                options.mostPerSecond()),
                        () -> watch.lag().seenMillis(clock.instant()))
                .start()) {
            double firstGeneration = awaitFirstGeneration(users);
            screen.say(
                    String.format(Locale.ROOT, "First generation %.1f s after the start of the JVM", firstGeneration));
            Instant began = clock.instant();
            watchUsers(users, millrace, audience, errorAtStart, witness, began);
            double seconds = Duration.between(began, clock.instant()).toMillis() / 1e3;

            screen.say("Nobody asks any more; hearing the last listeners");
            boolean settled = users.stop(LAST_WORDS);
            long[] expected = users.expected();
            Ledger ledger = awaitLearned(expected);
            List<ReplicaAgreement.Row> replicas = awaitAgreement(witness.agreement(), system.replicas());
            List<String> shortfalls =
                    Shortfalls.of(ledger, replicas, system.replicas().size(), settled);
            return new ReportWriter(options, users.statistics(), watch, system, millrace)
                    .write(
                            shortfalls,
                            seconds,
                            firstGeneration,
                            errorAtStart,
                            audience.fullError(),
                            ledger,
                            replicas,
                            witness.deadLetters());
        }
    }

    /** The users who come over HTTP are served by the last replica, all others by the first. */
    private static HttpService overHttp(LocalSystem system, String policy) {
        List<ServingReplica> replicas = system.replicas();
        URI address = replicas.get(replicas.size() - 1).server().uri();
        return new HttpService(
                HttpClient.newBuilder().connectTimeout(HTTP_TIMEOUT).build(), address, policy, HTTP_TIMEOUT);
    }

    private double awaitFirstGeneration(Simulation users) throws InterruptedException {
        while (users.statistics().generated() == 0) {
            if (stopped.await(1, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        return Machine.sinceJvmStart(clock.instant()).toMillis() / 1e3;
    }

    private void watchUsers(
            Simulation users, Millrace millrace, Audience audience, double errorAtStart, Witness witness, Instant began)
            throws InterruptedException {
        long learnedBefore = 0;
        Duration before = Duration.ZERO;
        while (true) {
            Duration elapsed = Duration.between(began, clock.instant());
            audience.look(elapsed);
            LineageTree.Head head = watch.lineage().head();
            double seconds = Math.max(1e-3, elapsed.minus(before).toMillis() / 1e3);
            screen.show(new Progress(
                    elapsed,
                    users.statistics(),
                    head,
                    (head.trajectoriesTotal() - learnedBefore) / seconds,
                    errorAtStart,
                    audience.error(),
                    watch.lag().recent(clock.instant()),
                    millrace.lag().replicas(),
                    witness.deadLetters(),
                    audience.examples()));
            learnedBefore = head.trajectoriesTotal();
            before = elapsed;
            long left = options.length()
                    .minus(Duration.between(began, clock.instant()))
                    .toMillis();
            if (left <= 0 || stopped.await(Math.min(left, SHOW_EVERY_MILLIS), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    /** Waits until the lineage holds as many trajectories as are expected, or has stood still for too long. */
    private Ledger awaitLearned(long[] expected) throws InterruptedException {
        long learned = watch.lineage().head().trajectoriesTotal();
        Instant deadline = clock.instant().plus(CATCH_UP);
        while (learned < expected.length && clock.instant().isBefore(deadline)) {
            Thread.sleep(LOOK_EVERY_MILLIS);
            long now = watch.lineage().head().trajectoriesTotal();
            if (now > learned) {
                learned = now;
                deadline = clock.instant().plus(CATCH_UP);
            }
        }
        LineageTree.Path path = watch.lineage().path();
        return Ledger.compare(expected, path.learned(), path.missingUpdates());
    }

    /** Waits until every replica has reported the newest version, and a checksum of θ at it. */
    private List<ReplicaAgreement.Row> awaitAgreement(ReplicaAgreement agreement, List<ServingReplica> serving)
            throws InterruptedException {
        Instant deadline = clock.instant().plus(AGREEMENT);
        List<String> names = serving.stream().map(ServingReplica::name).toList();
        while (true) {
            LineageTree.Head head = watch.lineage().head();
            List<ReplicaAgreement.Row> rows = new ArrayList<>(agreement.rows());
            rows.removeIf(row -> !names.contains(row.id()));
            boolean there = rows.size() == names.size()
                    && rows.stream()
                            .allMatch(row -> row.thetaChecked()
                                    && row.epoch() == head.epoch()
                                    && row.version() == head.version());
            if (there || clock.instant().isAfter(deadline)) {
                return rows;
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }
}
