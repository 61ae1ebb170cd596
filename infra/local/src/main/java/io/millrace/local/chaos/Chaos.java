package io.millrace.local.chaos;

import io.millrace.learner.options.LearnerOptions;
import io.millrace.learner.options.LearnerOptions.Delivery;
import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.PolicyAdmin;
import io.millrace.local.admin.PolicyFile;
import io.millrace.local.demo.Machine;
import io.millrace.local.flink.FlinkRest;
import io.millrace.local.flink.Submission;
import io.millrace.local.processes.ClusterShape;
import io.millrace.local.processes.Installation;
import io.millrace.local.processes.Part;
import io.millrace.local.processes.ProcessCluster;
import io.millrace.policy.spec.PolicyDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A cluster of processes under load, whose parts are killed and paused at random times while users go on and the event
 * topics are spoiled; then, when all is quiet, the audit of what θ has learned.
 */
public final class Chaos {

    private static final String POLICY_FILE = "policy.yaml";
    private static final int REPLICAS = 2;
    private static final int PARALLELISM = 2;
    private static final int LONGEST_EXTENSION = 6;
    private static final Duration START_WITHIN = Duration.ofSeconds(90);
    private static final Duration RECOVER_WITHIN = Duration.ofSeconds(60);
    private static final Duration LAST_WORDS = Duration.ofSeconds(60);

    private final ChaosOptions options;
    private final Installation installation;
    private final Consumer<String> progress;
    private final PolicyDefinition policy = policy();

    /** {@code progress}: told what happens. */
    public Chaos(ChaosOptions options, Installation installation, Consumer<String> progress) {
        this.options = options;
        this.installation = installation;
        this.progress = progress;
    }

    /**
     * Runs to the end, and says what came of it. When the process is asked to end before that, the cluster ends and goes at
     * once, without an audit: its parts have heard the same signal.
     */
    public ChaosReport run() throws InterruptedException {
        progress.accept("Starting Kafka, a Flink cluster and two serving replicas, each part a process of its own");
        try (ProcessCluster cluster = ProcessCluster.start(installation, shape(), options.directory())) {
            KafkaAccess kafka = cluster.kafka();
            new PolicyAdmin(kafka, Clock.systemUTC()).apply(policy);
            String job = submit(cluster);
            progress.accept("Job " + job + " runs at " + cluster.flink());
            ServedOverHttp http = new ServedOverHttp(policy.policy());
            try (Evidence evidence = new Evidence(kafka, policy.policy());
                    Crowd crowd = new Crowd(http, cluster.serving(), options.seed());
                    Meddler meddler = new Meddler(kafka, policy.policy(), evidence, options.seed())) {
                cluster.awaitReady(START_WITHIN);
                cluster.archiveClasses();
                return torment(cluster, evidence, recovery(evidence), crowd, meddler);
            }
        }
    }

    /** With connections of its own: it must see the replicas even when users get no answer. */
    private Recovery recovery(Evidence evidence) {
        return new Recovery(evidence, new ServedOverHttp(policy.policy()), RECOVER_WITHIN);
    }

    private ChaosReport torment(
            ProcessCluster cluster, Evidence evidence, Recovery recovery, Crowd crowd, Meddler meddler)
            throws InterruptedException {
        Assault assault = new Assault(cluster, evidence, recovery, progress);
        Instant began = Instant.now();
        crowd.start(options.perSecond());
        meddler.start(options.perSecond());
        strike(assault, began);
        assault.startWhatHasEnded();
        double seconds = Duration.between(began, Instant.now()).toMillis() / 1e3;
        progress.accept("Nobody asks any more; learning the last of it");
        boolean heard = crowd.stop(LAST_WORDS);
        boolean settled = meddler.stop(LAST_WORDS) && heard;
        long[] acknowledged = LongStream.concat(
                        LongStream.of(crowd.acknowledged()), LongStream.of(meddler.acknowledged()))
                .toArray();
        List<String> replicas = cluster.replicas().stream().map(Part::name).toList();
        Findings found = new Audit(evidence, cluster.kafka(), policy).look(acknowledged, settled, replicas);
        return report(found, assault, evidence, seconds, Traffic.of(crowd.counts(), meddler.counts()));
    }

    /** As long as users ask by the options; longer, up to six times as long, while there were too few kills. */
    private void strike(Assault assault, Instant began) throws InterruptedException {
        Strikes strikes = new Strikes(options.seed(), options.victims());
        while (true) {
            Strike next = strikes.next();
            Duration length = assault.totalKills() < options.kills()
                    ? options.length().multipliedBy(LONGEST_EXTENSION)
                    : options.length();
            Instant end = began.plus(length);
            Instant at = Instant.now().plus(next.quiet());
            Thread.sleep(Math.max(0, millisUntil(at.isBefore(end) ? at : end)));
            if (!at.isBefore(end)) {
                return;
            }
            assault.carryOut(next);
        }
    }

    private static long millisUntil(Instant time) {
        return Duration.between(Instant.now(), time).toMillis();
    }

    private ChaosReport report(Findings found, Assault assault, Evidence evidence, double seconds, Traffic traffic) {
        List<String> broken =
                Promise.broken(found, REPLICAS, options.kills(), assault.totalKills(), assault.unrecovered());
        double perSecond = found.ledger().expected() / seconds;
        if (perSecond < options.leastPerSecond()) {
            broken.add(String.format(
                    Locale.ROOT,
                    "acknowledgedPerSecond: expected at least %.1f, found %.1f; this machine is too slow or too busy for"
                            + " the rate, or the parts were away for too long",
                    options.leastPerSecond(),
                    perSecond));
        }
        return new ChaosReport(
                broken.isEmpty(),
                broken,
                options.delivery().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                options.seed(),
                seconds,
                options.perSecond(),
                perSecond,
                found.ledger().expected(),
                found.ledger().learned(),
                found.ledger().lost(),
                found.ledger().duplicated(),
                found.ledger().unexpected(),
                found.ledger().missingUpdates(),
                evidence.deadLetters(),
                byLabel(assault.kills(), Function.identity()),
                byLabel(assault.pauses(), Function.identity()),
                byLabel(assault.recovered(), ChaosReport.RecoverySeconds::of),
                assault.endedByThemselves(),
                found.converged(REPLICAS),
                found.replicas(),
                found.thetaFinite(),
                traffic,
                Machine.here());
    }

    private static <T, R> Map<String, R> byLabel(Map<Victim, T> of, Function<T, R> as) {
        return of.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().label(),
                        entry -> as.apply(entry.getValue()),
                        (a, b) -> a,
                        TreeMap::new));
    }

    private ClusterShape shape() {
        // Without this a replica serves what a transaction wrote that is aborted later.
        Map<String, String> client =
                options.delivery() == Delivery.EXACTLY_ONCE ? Map.of("isolation.level", "read_committed") : Map.of();
        return ClusterShape.small().withReplicas(REPLICAS, client);
    }

    private String submit(ProcessCluster cluster) {
        List<String> arguments = List.of(
                "--" + LearnerOptions.BOOTSTRAP_SERVERS.key(),
                cluster.kafka().bootstrapServers(),
                "--" + LearnerOptions.DELIVERY.key(),
                options.delivery().name());
        return new Submission(new FlinkRest(cluster.flink()), START_WITHIN, Clock.systemUTC())
                .submit(installation.jobJar(), arguments, Map.of("parallelism.default", Integer.toString(PARALLELISM)));
    }

    private static PolicyDefinition policy() {
        try (InputStream in = Chaos.class.getResourceAsStream(POLICY_FILE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "resource " + POLICY_FILE + ": expected it beside the class, found none");
            }
            return PolicyFile.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
