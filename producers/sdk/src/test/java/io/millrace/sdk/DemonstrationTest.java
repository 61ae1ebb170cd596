package io.millrace.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.Generation;
import io.millrace.sdk.fixture.MemoryKafka;
import io.millrace.sdk.fixture.Served;
import io.millrace.sdk.fixture.TestClock;
import io.millrace.sdk.fixture.TestLearner;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemonstrationTest {

    private final TestClock clock = new TestClock();
    private final MemoryKafka kafka = new MemoryKafka(clock);
    private final TestLearner learner = TestLearner.ofChoice(kafka, clock, "home");
    private Millrace millrace;

    @BeforeEach
    void awaitParameters() throws InterruptedException {
        learner.applySpecification().publishSnapshot().storeSnapshot();
        millrace = Served.open(kafka, clock);
        assertThat(millrace.awaitReady(Duration.ofSeconds(10))).isTrue();
    }

    @AfterEach
    void close() {
        millrace.close();
    }

    @Test
    void isLoggedAsAGenerationThatNeedsNoReward() {
        GenerationRequest request = Served.choice("home").segment("de").build();

        String id = millrace.demonstrate(new Demonstration(request, List.of("c"), 0.25))
                .join();

        assertThat(kafka.keys(kafka.topics().generations())).containsExactly(id);
        List<Generation> logged = kafka.records(kafka.topics().generations());
        Generation generation = logged.get(0);
        assertThat(generation.getTrajectoryId()).isEqualTo(id);
        assertThat(generation.getDemonstrated()).isTrue();
        assertThat(generation.getWeight()).isEqualTo(0.25f);
        assertThat(generation.getActions()).containsExactly(2);
        assertThat(generation.getLogProbs()).containsExactly(0f);
        assertThat(generation.getSegment()).isEqualTo("de");
        assertThat(generation.getLast()).isTrue();
    }

    @Test
    void isNoneWhenThePolicyGenerates() {
        millrace.generate(Served.choice("home").build()).join();

        List<Generation> logged = kafka.records(kafka.topics().generations());
        assertThat(logged.get(0).getDemonstrated()).isFalse();
        assertThat(logged.get(0).getWeight()).isEqualTo(1f);
    }

    @Test
    void mustBeAnOutputOfThePolicy() {
        var demonstration = new Demonstration(Served.choice("home").build(), List.of("d"));

        assertThatThrownBy(() -> millrace.demonstrate(demonstration))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("output[0]: expected one of the candidates [a, b, c], found 'd' (policy 'home')");
    }

    @Test
    void mustHaveAnOutput() {
        GenerationRequest request = Served.choice("home").build();

        assertThatThrownBy(() -> new Demonstration(request, List.of())).hasMessageContaining("output: expected");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, 1000.1})
    void mustHaveAWeightThatCanBeUsed(double weight) {
        GenerationRequest request = Served.choice("home").build();

        assertThatThrownBy(() -> new Demonstration(request, List.of("a"), weight))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("weight: expected 0 to 1000");
    }
}
