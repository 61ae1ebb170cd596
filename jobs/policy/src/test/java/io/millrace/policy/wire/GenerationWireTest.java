package io.millrace.policy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.FeatureHash;
import io.millrace.policy.Features;
import io.millrace.policy.Generated;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.Prompt;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.Feature;
import io.millrace.schemas.Generation;
import io.millrace.schemas.SparseContext;
import io.millrace.schemas.TokenContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationWireTest {

    private final Generated generated = new Generated();

    GenerationWireTest() {
        generated.append(2, -0.5f);
        generated.append(0, -1.25f);
    }

    @Test
    void tokensComeBackFromTheWireAsTheyWere() throws Exception {
        Decision decision = overTheWire(new Prompt.Tokens(List.of("c", "a")), new Context.Tokens(new int[] {3, 1}));
        assertThat(decision.context())
                .isInstanceOfSatisfying(
                        Context.Tokens.class,
                        tokens -> assertThat(tokens.tokens()).containsExactly(3, 1));
        assertThat(decision.actions()).containsExactly(2, 0);
        assertThat(decision.logProbs()).containsExactly(-0.5f, -1.25f);
    }

    @Test
    void denseVectorComesBackFromTheWireAsItWas() throws Exception {
        float[] values = {0.1f, -3f};
        Decision decision = overTheWire(new Prompt.Dense(values), new Context.Dense(values));
        assertThat(decision.context())
                .isInstanceOfSatisfying(
                        Context.Dense.class, dense -> assertThat(dense.values()).containsExactly(values));
    }

    @Test
    void choiceComesBackHashedAndInTheOrderOfTheHashes() throws Exception {
        Prompt.Choice prompt = new Prompt.Choice(
                Map.of("hour", 0.5f, "weekday", 1f, "age", 2f),
                List.of(
                        new Prompt.Option("a", Map.of("red", 1f)),
                        new Prompt.Option("b", Map.of(), Prompt.Eligibility.EXCLUDED)));
        Decision decision = overTheWire(prompt, new Context.Choice(none(), List.of(), List.of()));
        assertThat(decision.context()).isInstanceOfSatisfying(Context.Choice.class, choice -> {
            assertThat(choice.ids()).containsExactly("a", "b");
            assertThat(choice.eligible()).containsExactly(true, false);
            assertThat(choice.shared().hashes())
                    .isSorted()
                    .containsExactlyInAnyOrder(
                            FeatureHash.of("hour"), FeatureHash.of("weekday"), FeatureHash.of("age"));
            assertThat(choice.candidates().get(0).hashes()).containsExactly(FeatureHash.of("red"));
            assertThat(choice.candidates().get(1).size()).isZero();
        });
    }

    @Test
    void featuresOfOneNameAddUpInWhateverOrderTheyCome() {
        List<Feature> features =
                List.of(new Feature("b", 1f), new Feature("a", 2f), new Feature("b", 4f), new Feature("c", 8f));
        Features read = WireFeatures.read("features", features);
        assertThat(read.hashes()).isSorted().hasSize(3);
        for (int i = 0; i < read.size(); i++) {
            float expected =
                    read.hashes()[i] == FeatureHash.of("b") ? 5f : read.hashes()[i] == FeatureHash.of("a") ? 2f : 8f;
            assertThat(read.values()[i]).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void refusesNonFiniteNumbersWhereverTheyAre(float poison) {
        assertRefused(
                tokens().setLogProbs(List.of(-1f, poison)), "logProbs[1]: expected a finite number, found " + poison);
        List<Feature> poisoned = List.of(new Feature("x", poison));
        assertRefused(
                tokens().setContext(new SparseContext(poisoned)),
                "features[0]: expected a finite number, found " + poison);
        assertRefused(
                tokens().setContext(new SparseContext(List.of()))
                        .setCandidates(List.of(new Candidate("a", poisoned, false))),
                "candidates[0].features[0]: expected a finite number, found " + poison);
    }

    @Test
    void refusesAsManyLogProbsAsThereAreNotActions() {
        assertRefused(
                tokens().setLogProbs(List.of(-1f)), "decision: expected as many log-probs as actions (2), found 1");
    }

    @Test
    void refusesCandidatesOfAContextThatHasNone() {
        assertRefused(
                tokens().setCandidates(List.of(new Candidate("a", List.of(), false))),
                "candidates: expected none with this context, found 1;"
                        + " only choices of a sparse context have candidates");
    }

    private static void assertRefused(Generation.Builder record, String message) {
        Generation generation = record.build();
        assertThatThrownBy(() -> GenerationReader.decision(generation))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }

    private Decision overTheWire(Prompt prompt, Context context) throws Exception {
        Generation.Builder record = tokens();
        GenerationWriter.write(prompt, context, generated, record);
        return GenerationReader.decision(
                Generation.fromByteBuffer(record.build().toByteBuffer()));
    }

    private static Features none() {
        return new Features(new long[0], new float[0]);
    }

    private static Generation.Builder tokens() {
        return Generation.newBuilder()
                .setPolicy("home")
                .setTrajectoryId("t1")
                .setStep(0)
                .setLast(true)
                .setProducedAt(Instant.EPOCH)
                .setParametersEpoch(1)
                .setParametersVersion(2)
                .setContext(new TokenContext(List.of(1, 2)))
                .setActions(List.of(2, 0))
                .setLogProbs(List.of(-0.5f, -1.25f))
                .setReplica("r1");
    }
}
