package io.millrace.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.schemas.Generation;
import io.millrace.schemas.Reward;
import io.millrace.sdk.fixture.MemoryKafka;
import io.millrace.sdk.fixture.Served;
import io.millrace.sdk.fixture.TestClock;
import io.millrace.sdk.fixture.TestLearner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MillraceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestClock clock = new TestClock();
    private final MemoryKafka kafka = new MemoryKafka(clock);
    private final TestLearner learner = TestLearner.ofChoice(kafka, clock, "home")
            .applySpecification()
            .publishSnapshot()
            .storeSnapshot()
            .publishDelta();
    private Millrace millrace = Served.open(kafka, clock);

    @BeforeEach
    void awaitParameters() throws InterruptedException {
        assertThat(millrace.awaitReady(PATIENCE)).isTrue();
        awaitVersion(1);
    }

    @AfterEach
    void close() {
        millrace.close();
    }

    @Test
    void answersOnceTheGenerationIsInKafkaAndKeysItByTrajectory() {
        Output output = millrace.generate(
                        Served.choice("home").segment("de").group("g1").build())
                .join();

        List<Generation> logged = kafka.records(kafka.topics().generations());
        assertThat(logged).hasSize(1);
        Generation generation = logged.get(0);
        assertThat(kafka.keys(kafka.topics().generations())).containsExactly(output.trajectoryId());
        assertThat(generation.getTrajectoryId()).isEqualTo(output.trajectoryId());
        assertThat(generation.getParametersEpoch()).isEqualTo(output.epoch()).isEqualTo(1);
        assertThat(generation.getParametersVersion())
                .isEqualTo(output.version())
                .isEqualTo(1);
        assertThat(generation.getSegment()).isEqualTo("de");
        assertThat(generation.getGroup()).isEqualTo("g1");
        assertThat(generation.getReplica()).isEqualTo("tested");
        assertThat(generation.getLast()).isTrue();
        assertThat(generation.getProducedAt()).isEqualTo(TestClock.START);
        int chosen = generation.getActions().get(0);
        assertThat(output.output()).containsExactly(List.of("a", "b", "c").get(chosen));
        assertThat(output.probability())
                .isEqualTo(Math.exp(generation.getLogProbs().get(0)))
                .isBetween(0.0, 1.0);
        assertThat(millrace.metrics().generationsLogged()).isEqualTo(1);
    }

    @Test
    void givesEveryTrajectoryAnIdentifierOfItsOwn() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 1_000; i++) {
            ids.add(millrace.generate(Served.choice("home").build()).join().trajectoryId());
        }
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[A-Za-z0-9_-]{16}"));
    }

    @Test
    void logsAFurtherStepUnderTheTrajectoryItWasGiven() {
        Output output = millrace.generate(
                        Served.choice("home").step("dialogue-7", 3).last(false).build())
                .join();

        Generation generation = kafka.records(kafka.topics().generations()).get(0);
        assertThat(output.trajectoryId()).isEqualTo("dialogue-7");
        assertThat(generation.getTrajectoryId()).isEqualTo("dialogue-7");
        assertThat(generation.getStep()).isEqualTo(3).isEqualTo(output.step());
        assertThat(generation.getLast()).isFalse();
    }

    @Test
    void previewsWithoutATrace() {
        Output output = millrace.preview(
                Served.choice("home").draw(GenerationRequest.Draw.GREEDY).build());

        assertThat(output.output()).hasSize(1);
        assertThat(kafka.records(kafka.topics().generations())).isEmpty();
        assertThat(Served.status(millrace, "home").generations()).isZero();
    }

    @Test
    void sendsFeedbackKeyedByTrajectory() {
        millrace.feedback(feedback(0.75)).join();

        Reward reward = kafka.records(kafka.topics().rewards()).get(0);
        assertThat(kafka.keys(kafka.topics().rewards())).containsExactly("t1");
        assertThat(reward.getRewardId()).isEqualTo("r1");
        assertThat(reward.getValue()).isEqualTo(0.75);
        assertThat(reward.getStep()).isEqualTo(2);
        assertThat(reward.getSource()).isEqualTo("test");
        assertThat(reward.getObservedAt()).isEqualTo(TestClock.START);
    }

    @Test
    void refusesFeedbackThatIsNotFinite() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> feedback(value))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("expected a finite number of magnitude at most 1.0E30, found " + value);
        }
    }

    @Test
    void refusesFeedbackOnAMetricThatThePolicyDoesNotKnow() {
        assertThatThrownBy(() -> millrace.feedback(feedback(1, "stars")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(
                        "name: expected one of the metrics [score, thumbs] of policy 'home', found 'stars'");
        assertThat(kafka.records(kafka.topics().rewards())).isEmpty();
    }

    @Test
    void knowsAMetricOnceTheSpecificationHasIt() {
        learner.applySpecification(TestLearner.specification("home", 6).replace("thumbs", "stars"), 2);

        await().atMost(PATIENCE)
                .untilAsserted(() -> millrace.feedback(feedback(1, "stars")).join());
    }

    @Test
    void passesFeedbackOnThatItCannotJudge() throws InterruptedException {
        try (Millrace choosy = Served.open(kafka, clock, "another")) {
            choosy.feedback(feedback(1, "stars")).join();
            assertThat(choosy.rewardWindow("home")).isEmpty();
        }
        assertThat(kafka.records(kafka.topics().rewards())).hasSize(1);
        assertThat(millrace.rewardWindow("home")).hasValue(Duration.ofMinutes(10));
    }

    @Test
    void refusesAnUnknownPolicyByNamingTheKnownOnes() {
        assertThatThrownBy(() -> millrace.generate(Served.choice("hoem").build()))
                .isInstanceOf(UnknownPolicyException.class)
                .hasMessageContaining("expected one of [home], found 'hoem'");
    }

    @Test
    void refusesAPromptThatDoesNotFitThePolicy() {
        var request = GenerationRequest.forPolicy("home").tokens(List.of("a")).build();

        assertThatThrownBy(() -> millrace.generate(request))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("policy 'home'");
    }

    @Test
    void refusesAGenerationTooLargeToLog() {
        var builder = GenerationRequest.forPolicy("home");
        for (int candidate = 0; candidate < 500; candidate++) {
            var features = new HashMap<String, Float>();
            for (int feature = 0; feature < 20; feature++) {
                features.put(
                        "a-rather-long-name-of-a-feature-that-fills-the-record-with-bytes-" + candidate + "-" + feature
                                + "x".repeat(50),
                        1f);
            }
            builder.candidate("candidate-" + candidate, features);
        }

        assertThatThrownBy(() -> millrace.generate(builder.build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("expected at most 900000 bytes")
                .hasMessageContaining("send fewer or shorter inputs");
        assertThat(kafka.records(kafka.topics().generations())).isEmpty();
    }

    @Test
    void isUnavailableWhileKafkaIsAwayAndRecoversWithoutLosingWhatItAnswered() {
        var answered = new ArrayList<String>();
        answered.add(millrace.generate(Served.choice("home").build()).join().trajectoryId());
        kafka.goAway();

        CompletableFuture<Output> refused =
                millrace.generate(Served.choice("home").build());
        CompletableFuture<Void> refusedFeedback = millrace.feedback(feedback(1));
        assertThatThrownBy(refused::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(UnavailableException.class)
                .hasMessageContaining("generation not logged");
        assertThatThrownBy(refusedFeedback::join).hasCauseInstanceOf(UnavailableException.class);

        learner.publishDelta();
        kafka.comeBack();
        awaitVersion(2);
        answered.add(millrace.generate(Served.choice("home").build()).join().trajectoryId());
        assertThat(kafka.keys(kafka.topics().generations())).containsExactlyElementsOf(answered);
        assertThat(millrace.metrics().generationsFailed()).isEqualTo(1);
        assertThat(millrace.metrics().feedbackFailed()).isEqualTo(1);
        assertThat(millrace.metrics().waitingBytes()).isZero();
    }

    @Test
    void isUnavailableUntilParametersArrive() {
        TestLearner.ofChoice(kafka, clock, "later").applySpecification();
        await().atMost(PATIENCE).until(() -> millrace.policies().size() == 2);

        assertThat(Served.status(millrace, "later").ready()).isFalse();
        assertThatThrownBy(() -> millrace.generate(Served.choice("later").build()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("policy 'later': expected parameters, found none yet");
    }

    @Test
    void reportsTheProblemOfABadSpecificationAndGoesOnWithTheOneBefore() {
        learner.applySpecification("{\"policy\": \"home\", \"kind\": \"choice\", \"model\": {\"hash-bits\": 77}}", 2);

        await().atMost(PATIENCE)
                .until(() -> Served.status(millrace, "home").problem().isPresent());
        assertThat(Served.status(millrace, "home").problem().orElseThrow()).isNotBlank();
        assertThat(millrace.generate(Served.choice("home").build()).join().version())
                .isEqualTo(1);
        learner.publishDelta();
        awaitVersion(2);
    }

    @Test
    void servesOtherPoliciesBesideOneOfAnUnknownKind() {
        TestLearner.ofChoice(kafka, clock, "odd")
                .applySpecification(TestLearner.specification("odd", 6).replace("choice", "oracle"), 1);
        await().atMost(PATIENCE).until(() -> millrace.policies().size() == 2);

        assertThat(Served.status(millrace, "odd").problem().orElseThrow()).contains("oracle");
        assertThatThrownBy(() -> millrace.generate(Served.choice("odd").build()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("cannot be followed");
        assertThat(millrace.generate(Served.choice("home").build()).join().policy())
                .isEqualTo("home");
    }

    @Test
    void forgetsADeletedPolicy() {
        learner.delete();

        await().atMost(PATIENCE).until(() -> millrace.policies().isEmpty());
        assertThatThrownBy(() -> millrace.generate(Served.choice("home").build()))
                .isInstanceOf(UnknownPolicyException.class);
        assertThat(millrace.ready()).isTrue();
    }

    @Test
    void servesOnlyTheNamedPoliciesAndIsNotReadyWithoutThem() throws InterruptedException {
        try (Millrace choosy = Served.open(kafka, clock, "absent")) {
            assertThat(choosy.awaitReady(Duration.ofMillis(200))).isFalse();
            assertThat(choosy.policies()).isEmpty();
        }
    }

    @Test
    void isUnavailableOnceClosed() {
        millrace.close();

        assertThat(millrace.generate(Served.choice("home").build())).isCompletedExceptionally();
        millrace = Served.open(kafka, clock);
    }

    private void awaitVersion(long version) {
        await().atMost(PATIENCE).until(() -> Served.status(millrace, "home").version() == version);
    }

    private static Feedback feedback(double value) {
        return feedback(value, Feedback.DEFAULT_METRIC);
    }

    private static Feedback feedback(double value, String metric) {
        return new Feedback(
                "home", "t1", "r1", OptionalInt.of(2), metric, value, TestClock.START, true, Optional.of("test"));
    }
}
