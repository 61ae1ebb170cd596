package io.millrace.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.DenseContext;
import io.millrace.schemas.Generation;
import io.millrace.sdk.fixture.MemoryKafka;
import io.millrace.sdk.fixture.Served;
import io.millrace.sdk.fixture.TestClock;
import io.millrace.sdk.fixture.TestLearner;
import io.millrace.sdk.fixture.WalkPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CutOffTest {

    private final TestClock clock = new TestClock();
    private final MemoryKafka kafka = new MemoryKafka(clock);
    private final TestLearner walk = TestLearner.ofWalk(kafka, clock, "walk");
    private final TestLearner home = TestLearner.ofChoice(kafka, clock, "home");
    private Millrace millrace;

    @BeforeEach
    void awaitParameters() throws InterruptedException {
        walk.applySpecification(WalkPolicy.specification("walk"), 1)
                .publishSnapshot()
                .storeSnapshot();
        home.applySpecification().publishSnapshot().storeSnapshot();
        millrace = Served.open(kafka, clock, "walk", "home");
        assertThat(millrace.awaitReady(Duration.ofSeconds(10))).isTrue();
    }

    @AfterEach
    void close() {
        millrace.close();
    }

    @Test
    void isLoggedAsALastStateInWhichNobodyActed() {
        Output first = millrace.generate(state(0.5f, 1).last(false).build()).join();

        millrace.cutOff(new CutOff(state(0.25f, 2)
                        .step(first.trajectoryId(), 1)
                        .segment("de")
                        .build()))
                .join();

        List<Generation> logged = kafka.records(kafka.topics().generations());
        Generation end = logged.get(1);
        assertThat(kafka.keys(kafka.topics().generations())).containsOnly(first.trajectoryId());
        assertThat(end.getTrajectoryId()).isEqualTo(first.trajectoryId());
        assertThat(end.getStep()).isEqualTo(1);
        assertThat(end.getLast()).isTrue();
        assertThat(end.getActions()).isEmpty();
        assertThat(end.getLogProbs()).isEmpty();
        assertThat(end.getDemonstrated()).isFalse();
        assertThat(end.getSegment()).isEqualTo("de");
        assertThat(end.getContext()).isEqualTo(new DenseContext(List.of(0.25f, 2f)));
    }

    @Test
    void needsATrajectoryInWhichSomebodyActed() {
        GenerationRequest unnamed = state(1, 1).build();
        GenerationRequest first = state(1, 1).step("t", 0).build();

        assertThatThrownBy(() -> new CutOff(unnamed))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("found no id");
        assertThatThrownBy(() -> new CutOff(first))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("found step 0");
    }

    @Test
    void needsAStateThatThePolicyKnows() {
        var wide = new CutOff(
                GenerationRequest.forPolicy("walk").vector(1, 2, 3).step("t", 1).build());

        assertThatThrownBy(() -> millrace.cutOff(wide))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("expected a state of two numbers, found another (policy 'walk')");
        assertThat(kafka.keys(kafka.topics().generations())).isEmpty();
    }

    @Test
    void needsAPolicyThatTellsWhatStatesAreWorth() {
        var choice = new CutOff(Served.choice("home").step("t", 1).build());

        assertThatThrownBy(() -> millrace.cutOff(choice))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("expected a policy that learns the value of states");
    }

    @Test
    void needsAKnownPolicy() {
        var other = new CutOff(
                GenerationRequest.forPolicy("other").vector(1, 2).step("t", 1).build());

        assertThatThrownBy(() -> millrace.cutOff(other)).isInstanceOf(UnknownPolicyException.class);
    }

    @Test
    void failsWhenItCannotBeLogged() {
        kafka.goAway();

        CompletableFuture<Void> logging =
                millrace.cutOff(new CutOff(state(1, 1).step("t", 1).build()));

        assertThatThrownBy(logging::join).hasCauseInstanceOf(UnavailableException.class);
    }

    private static GenerationRequest.Builder state(float x, float y) {
        return GenerationRequest.forPolicy("walk").vector(x, y);
    }
}
