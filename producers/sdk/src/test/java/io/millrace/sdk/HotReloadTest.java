package io.millrace.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.millrace.policy.Batch;
import io.millrace.policy.Policies;
import io.millrace.policy.Policy;
import io.millrace.policy.Scores;
import io.millrace.policy.Trajectory;
import io.millrace.policy.parameters.ParameterReplica.Outcome;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.policy.wire.GenerationReader;
import io.millrace.schemas.Generation;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.sdk.fixture.MemoryKafka;
import io.millrace.sdk.fixture.Served;
import io.millrace.sdk.fixture.TestClock;
import io.millrace.sdk.fixture.TestLearner;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HotReloadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestClock clock = new TestClock();
    private final MemoryKafka kafka = new MemoryKafka(clock);
    private final TestLearner learner =
            TestLearner.ofChoice(kafka, clock, "home").applySpecification();

    @Test
    void startsFromTheStoredSnapshotAndTheDeltasPublishedAfterIt() {
        learner.publishSnapshot()
                .storeSnapshot()
                .publishDelta()
                .publishDelta()
                .storeSnapshot()
                .publishDelta();

        try (Millrace millrace = Served.open(kafka, clock)) {
            awaitServed(millrace);
        }
    }

    @Test
    void startsWhenThePolicyComesAfterItsParameters() {
        MemoryKafka fresh = new MemoryKafka(clock);
        TestLearner early =
                TestLearner.ofChoice(fresh, clock, "home").publishSnapshot().storeSnapshot();
        try (Millrace millrace = Served.open(fresh, clock)) {
            await().atMost(PATIENCE)
                    .until(() -> fresh.records(fresh.topics().replicas()).isEmpty());
            early.publishDelta().applySpecification();

            await().atMost(PATIENCE).until(() -> millrace.policies().stream().anyMatch(s -> s.version() == 1));
        }
    }

    @Test
    void servesEveryVersionAsItComes() {
        learner.publishSnapshot().storeSnapshot();
        try (Millrace millrace = Served.open(kafka, clock)) {
            for (int i = 0; i < 5; i++) {
                learner.publishDelta();
                awaitServed(millrace);
                assertThat(millrace.generate(Served.choice("home").build())
                                .join()
                                .version())
                        .isEqualTo(learner.version());
            }
            assertThat(Served.status(millrace, "home").trajectoriesLearned()).isEqualTo(50);
            assertThat(Served.status(millrace, "home").rewardMean()).hasValue(0.5);
        }
    }

    @Test
    void takesTheHigherEpochOfARestoredLearner() {
        learner.publishSnapshot().storeSnapshot().publishDelta();
        try (Millrace millrace = Served.open(kafka, clock)) {
            awaitServed(millrace);
            learner.restore().publishDelta();
            awaitServed(millrace);
            assertThat(Served.status(millrace, "home").epoch()).isEqualTo(2);
        }
    }

    @Test
    void keepsServingWhatItHasOverAGapAndHealsFromTheStoredSnapshot() {
        learner.publishSnapshot().storeSnapshot().publishDelta();
        try (Millrace millrace = Served.open(kafka, clock)) {
            awaitServed(millrace);
            learner.loseDelta().publishDelta();
            await().atMost(PATIENCE).until(() -> {
                clock.advance(Duration.ofSeconds(1));
                return millrace.metrics().resynchronisations() >= 2;
            });
            assertThat(millrace.generate(Served.choice("home").build()).join().version())
                    .isLessThanOrEqualTo(1);

            learner.storeSnapshot().publishDelta();
            awaitServedWhileTimePasses(millrace);
        }
    }

    @Test
    void healsFromADamagedUpdate() {
        learner.publishSnapshot().storeSnapshot();
        try (Millrace millrace = Served.open(kafka, clock)) {
            awaitServed(millrace);
            ParameterUpdate damaged = learner.delta();
            byte[] bytes = damaged.getPayload().array().clone();
            bytes[bytes.length - 1] ^= 1;
            damaged.setPayload(ByteBuffer.wrap(bytes));
            learner.publish(damaged);
            kafka.append(kafka.topics().parameters().name(), "home", new byte[] {1, 2, 3});
            await().atMost(PATIENCE)
                    .until(() -> !Served.status(millrace, "home").checksumMatches());

            learner.storeSnapshot().publishDelta();
            awaitServedWhileTimePasses(millrace);
            assertThat(Served.status(millrace, "home").checksumMatches()).isTrue();
            assertThat(millrace.metrics().recordsSkipped()).isPositive();
        }
    }

    @Test
    void goesOnServingWithTheLearnedModelWhenASpecificationNamesAnother() {
        learner.publishSnapshot().storeSnapshot().publishDelta();
        try (Millrace millrace = Served.open(kafka, clock)) {
            awaitServed(millrace);
            learner.applySpecification(TestLearner.specification("home", 6).replace("0.1", "0.2"), 2);
            await().atMost(PATIENCE)
                    .until(() -> Served.status(millrace, "home").specification().contains("0.2"));
            assertThat(Served.status(millrace, "home").version()).isEqualTo(1);

            learner.applySpecification(TestLearner.specification("home", 7), 3);
            await().atMost(PATIENCE)
                    .until(() -> Served.status(millrace, "home").problem().isPresent());
            assertThat(Served.status(millrace, "home").ready()).isTrue();
            assertThat(Served.status(millrace, "home").version()).isEqualTo(1);
        }
    }

    @Test
    void tellsTheListenerWhatBecameOfEveryUpdate() {
        var seen = new CopyOnWriteArrayList<String>();
        var applied = new CopyOnWriteArrayList<Long>();
        var environment = Served.environment(kafka, clock).withListener((policy, update, outcome, at) -> {
            seen.add(policy);
            if (outcome == Outcome.APPLIED) {
                applied.add(update.getVersion());
            }
            throw new IllegalStateException("a listener's failure is its own");
        });
        learner.publishSnapshot().storeSnapshot();
        try (Millrace millrace = Millrace.open(Served.config(), environment)) {
            awaitServed(millrace);
            learner.publishDelta().publishDelta();
            awaitServed(millrace);
        }
        assertThat(seen).containsOnly("home");
        assertThat(applied).endsWith(1L, 2L);
    }

    @Test
    void drawsEveryOutputFromExactlyTheVersionThatItNames() throws Exception {
        learner.publishSnapshot().storeSnapshot();
        try (Millrace millrace = Served.open(kafka, clock)) {
            awaitServed(millrace);
            var stop = new AtomicBoolean();
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                var running = new ArrayList<CompletableFuture<Void>>();
                for (int thread = 0; thread < 4; thread++) {
                    running.add(CompletableFuture.runAsync(() -> generateUntil(stop, millrace), threads));
                }
                for (int update = 0; update < 200; update++) {
                    learner.publishDelta();
                    if (update % 10 == 0) {
                        awaitServed(millrace);
                    }
                }
                awaitServed(millrace);
                stop.set(true);
                running.forEach(CompletableFuture::join);
            } finally {
                threads.shutdownNow();
            }
        }
        Set<Long> versions = requireLogProbsOfTheNamedVersions();
        assertThat(versions).hasSizeGreaterThan(10);
    }

    private static void generateUntil(AtomicBoolean stop, Millrace millrace) {
        GenerationRequest request = Served.choice("home").build();
        while (!stop.get()) {
            millrace.generate(request).join();
        }
    }

    /** Looks at one in eight of the many outputs. */
    private Set<Long> requireLogProbsOfTheNamedVersions() {
        Policy policy = Policies.create(PolicyDefinition.parse(TestLearner.specification("home", 6)));
        var versions = new HashSet<Long>();
        var batch = new Batch();
        var scores = new Scores();
        List<Generation> logged = kafka.records(kafka.topics().generations());
        for (int i = 0; i < logged.size(); i += 8) {
            Generation generation = logged.get(i);
            long version = generation.getParametersVersion();
            versions.add(version);
            batch.clear();
            batch.add(new Trajectory(List.of(GenerationReader.decision(generation))), 0);
            scores.clear();
            policy.score(new Parameters(learner.theta(version), 1, version), batch, scores);
            assertThat(scores.logProb(0)).isCloseTo(generation.getLogProbs().get(0), within(1e-5f));
        }
        return versions;
    }

    private void awaitServed(Millrace millrace) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> served(millrace));
    }

    /** Retries wait for the clock. */
    private void awaitServedWhileTimePasses(Millrace millrace) {
        await().atMost(PATIENCE).until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return served(millrace);
        });
    }

    private boolean served(Millrace millrace) {
        return millrace.policies().stream()
                .anyMatch(status ->
                        status.ready() && status.epoch() == learner.epoch() && status.version() == learner.version());
    }
}
