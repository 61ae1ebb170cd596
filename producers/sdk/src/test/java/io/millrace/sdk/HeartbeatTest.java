package io.millrace.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.policy.parameters.Checksums;
import io.millrace.schemas.ReplicaRole;
import io.millrace.schemas.ReplicaStatus;
import io.millrace.sdk.fixture.MemoryKafka;
import io.millrace.sdk.fixture.Served;
import io.millrace.sdk.fixture.TestClock;
import io.millrace.sdk.fixture.TestLearner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestClock clock = new TestClock();
    private final MemoryKafka kafka = new MemoryKafka(clock);
    private final TestLearner learner = TestLearner.ofChoice(kafka, clock, "home")
            .applySpecification()
            .publishSnapshot()
            .storeSnapshot();
    private Millrace millrace = Served.open(kafka, clock);

    @BeforeEach
    void awaitReady() throws InterruptedException {
        assertThat(millrace.awaitReady(PATIENCE)).isTrue();
    }

    @AfterEach
    void close() {
        millrace.close();
    }

    @Test
    void reportsWhatHasBeenAppliedAndHowLongItTook() {
        clock.advance(Duration.ofMillis(1));
        var update = learner.delta();
        clock.advance(Duration.ofMillis(7));
        learner.publish(update);
        await().atMost(PATIENCE).until(() -> Served.status(millrace, "home").version() == 1);
        clock.advance(Duration.ofMillis(5));
        millrace.generate(Served.choice("home").build()).join();
        learner.publishDelta();
        await().atMost(PATIENCE).until(() -> Served.status(millrace, "home").version() == 2);

        ReplicaStatus status = nextHeartbeat();

        assertThat(status.getReplica()).isEqualTo("tested");
        assertThat(status.getRole()).isEqualTo(ReplicaRole.SERVING);
        assertThat(status.getEpoch()).isEqualTo(1);
        assertThat(status.getVersion()).isEqualTo(2);
        assertThat(status.getChain()).isEqualTo(learner.chain());
        assertThat(status.getChecksumMatches()).isTrue();
        assertThat(status.getGenerations()).isEqualTo(1);
        assertThat(kafka.keys(kafka.topics().replicas())).containsOnly("tested/home");
        await().atMost(PATIENCE)
                .until(() -> millrace.lag().replicas().stream()
                        .anyMatch(replica -> replica.linksMillis().containsKey("appliedToServed")));
        assertThat(link("publishedToApplied").max()).isEqualTo(7);
        assertThat(link("appendedToApplied").count()).isEqualTo(20);
        assertThat(link("appendedToApplied").max()).isEqualTo(47);
        assertThat(link("appliedToServed").max()).isEqualTo(5);
    }

    @Test
    void checksTheWholeVectorNowAndThen() {
        learner.publishDelta();
        await().atMost(PATIENCE).until(() -> Served.status(millrace, "home").version() == 1);
        clock.advance(Duration.ofSeconds(5));

        ReplicaStatus status = nextHeartbeat();

        assertThat(status.getThetaChecksum()).isEqualTo(Checksums.of(learner.theta()));
        assertThat(nextHeartbeat().getThetaChecksum()).isNull();
    }

    @Test
    void doesNotCountWhatWasPublishedBeforeItServed() throws InterruptedException {
        learner.publishDelta();
        clock.advance(Duration.ofMinutes(1));
        millrace.close();
        millrace = Served.open(kafka, clock);
        assertThat(millrace.awaitReady(PATIENCE)).isTrue();
        await().atMost(PATIENCE).until(() -> Served.status(millrace, "home").version() == 1);

        assertThat(nextHeartbeat().getAppendedToApplied()).isNull();
    }

    /** One that ends in order is behind nothing; of one that crashed nobody knows, and its row stays. */
    @Test
    void takesItsLeaveWhenItEndsInOrder() {
        MillraceConfig config = Served.config();
        var named = new MillraceConfig(
                config.bootstrapServers(),
                config.topicPrefix(),
                "witness",
                config.policies(),
                config.acknowledgeTimeout(),
                config.heartbeatEvery(),
                config.kafka());
        try (Millrace witness = Millrace.open(named, Served.environment(kafka, clock))) {
            await().atMost(PATIENCE).until(() -> {
                clock.advance(Duration.ofMillis(100));
                return replicas(witness).equals(List.of("tested", "witness"));
            });

            millrace.close();

            await().atMost(PATIENCE).until(() -> replicas(witness).equals(List.of("witness")));
            assertThat(kafka.deletedKeys(kafka.topics().replicas())).containsExactly("tested/home");
        }
        assertThat(kafka.deletedKeys(kafka.topics().replicas())).containsExactly("tested/home", "witness/home");
    }

    private static List<String> replicas(Millrace millrace) {
        return millrace.lag().replicas().stream()
                .map(LagReport.ReplicaLag::replica)
                .toList();
    }

    private LagReport.Quantiles link(String name) {
        return Optional.ofNullable(
                        millrace.lag().replicas().get(0).linksMillis().get(name))
                .orElseThrow();
    }

    private ReplicaStatus nextHeartbeat() {
        int before = heartbeats().size();
        clock.advance(Duration.ofMillis(100));
        await().atMost(PATIENCE).until(() -> heartbeats().size() > before);
        return heartbeats().get(before);
    }

    private List<ReplicaStatus> heartbeats() {
        return kafka.records(kafka.topics().replicas());
    }
}
