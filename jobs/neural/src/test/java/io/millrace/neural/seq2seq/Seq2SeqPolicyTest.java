package io.millrace.neural.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.Policies;
import io.millrace.policy.Policy;
import io.millrace.policy.Prompt;
import io.millrace.policy.UnknownActionException;
import io.millrace.policy.spec.ModelSpec;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.policy.spec.PolicySpecException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Seq2SeqPolicyTest {

    private final Policy policy = Models.policy(Map.of());

    @Test
    void isFoundByItsKind() {
        var definition = PolicyDefinition.parse("""
                {"policy": "p", "kind": "seq2seq", "model": {"input": ["a"], "output": ["X"]}}""");

        assertThat(Policies.create(definition).hasValueHead()).isTrue();
    }

    @Test
    void encodesTheTokensOfItsVocabulary() {
        Context context = policy.encode(new Prompt.Tokens(List.of("c", "a")));

        assertThat(((Context.Tokens) context).tokens()).containsExactly(2, 0);
    }

    @Test
    void rendersEverythingButTheEnd() {
        assertThat(policy.render(tokens(0), new int[] {3, 0, Models.END, 1}, 3)).containsExactly("Z", "W");
    }

    @Test
    void knowsTheActionsOfADemonstratedOutput() {
        assertThat(actions("Z", "W")).containsExactly(3, 0, Models.END);
        assertThat(actions()).containsExactly(Models.END);
        // As long as an output may be: it is cut there, and has no end.
        assertThat(actions("W", "X", "Y", "Z", "W")).containsExactly(0, 1, 2, 3, 0);
        assertThatThrownBy(() -> actions("W", "W", "W", "W", "W", "W"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("output: expected at most 5 tokens, found 6");
        assertThatThrownBy(() -> actions("W", "a"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "output[1]: expected one of the policy's output tokens [W, X, Y, Z], found 'a'");
    }

    private int[] actions(String... output) {
        return policy.actions(tokens(0), List.of(output));
    }

    @Test
    void aUniformPolicyTakesAllActionsAlike() {
        assertThat(policy.uniformLogProb(decision(tokens(0), 1, 2, Models.END)))
                .hasValueCloseTo(-3 * Math.log(5), within(1e-9));
    }

    @Test
    void equalSeedsGiveEqualBitsAndOthersDiffer() {
        float[] one = initial(policy, 1);

        assertThat(initial(policy.fork(), 1)).isEqualTo(one);
        assertThat(initial(policy, 2)).isNotEqualTo(one);
    }

    @Test
    void everyTensorBeginsAtARow() {
        int at = 0;
        for (var tensor : policy.layout().tensors()) {
            assertThat(at % policy.layout().rowWidth()).as(tensor.name()).isZero();
            at += tensor.size();
        }
        assertThat(policy.layout().rowWidth()).isEqualTo(8);
        assertThat(at).isEqualTo(policy.layout().size());
    }

    @Test
    void takesWhatItCanHaveWritten() {
        assertThatCode(() -> policy.validate(decision(tokens(0, 1), Models.END)))
                .doesNotThrowAnyException();
        assertThatCode(() -> policy.validate(decision(tokens(2), 0, 3, Models.END)))
                .doesNotThrowAnyException();
        assertThatCode(() -> policy.validate(decision(tokens(2), 0, 3, 1, 1, 2)))
                .doesNotThrowAnyException();
        assertThatCode(() -> policy.validate(decision(tokens(2), 0, 3, 1, 1, Models.END)))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesWhatItCannotHaveWritten() {
        assertRefused(tokens(0), "actions: expected 1 to 5", "found 0");
        assertRefused(tokens(0), "actions: expected 1 to 5", "found 6", 0, 0, 0, 0, 0, Models.END);
        assertRefused(tokens(0), "actions[1]: expected the end of the sequence (4)", "found 3", 0, 3);
        assertRefused(tokens(0), "actions[0]: expected no action after the end", "found 2 more", Models.END, 1, 4);
        assertRefused(tokens(0, 3), "tokens[1]: expected an index of the input vocabulary", "found 3", Models.END);
        assertRefused(tokens(), "tokens: expected 1 to 6", "found 0", Models.END);
        assertRefused(new Context.Dense(new float[1]), "context: expected tokens", "Dense", Models.END);
        assertThatThrownBy(() -> policy.validate(decision(tokens(0), 5)))
                .isInstanceOf(UnknownActionException.class)
                .hasMessageStartingWith("actions[0]: expected an index from 0 to 4, found 5");
        assertThatThrownBy(
                        () -> policy.validate(new Decision(tokens(0), new int[] {Models.END}, new float[] {Float.NaN})))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("logProbs[0]: expected");
    }

    @Test
    void refusesPromptsThatItCannotRead() {
        assertThatThrownBy(() -> policy.encode(new Prompt.Tokens(List.of("a", "z"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("tokens[1]: expected one of");
        assertThatThrownBy(() -> policy.encode(new Prompt.Tokens(List.of("a", "a", "a", "a", "a", "a", "a"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("found 7");
        assertThatThrownBy(() -> policy.encode(new Prompt.Dense(new float[2])))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("found Dense");
    }

    @ParameterizedTest
    @CsvSource({
        "width, 12, model.width: expected a multiple of four times model.heads (8)",
        "hidden, 10, model.hidden: expected a multiple of 4",
        "heads, 0, model.heads: expected",
        "encoder-layers, 13, model.encoder-layers: expected",
        "decoder-layers, 0, model.decoder-layers: expected",
        "max-output, 0, model.max-output: expected",
        "depth, 3, model.depth"
    })
    void refusesAnImpossibleModel(String key, int value, String message) {
        var model = new ModelSpec(Models.model(Map.of(key, value)));

        assertThatThrownBy(() -> new Seq2SeqPolicyFactory().create(model))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesAModelThatWouldExhaustMemory() {
        var model = new ModelSpec(Models.model(
                Map.of("width", 1024, "hidden", 8192, "encoder-layers", 2, "decoder-layers", 1, "heads", 4)));

        assertThatThrownBy(() -> new Seq2SeqPolicyFactory().create(model))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageContaining("expected at most 67108864 parameters");
    }

    private void assertRefused(Context context, String start, String found, int... actions) {
        assertThatThrownBy(() -> policy.validate(decision(context, actions)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(start)
                .hasMessageContaining(found);
    }

    private static float[] initial(Policy policy, long seed) {
        float[] theta = new float[policy.layout().size()];
        policy.initialize(theta, seed);
        return theta;
    }

    private static Decision decision(Context context, int... actions) {
        return new Decision(context, actions, new float[actions.length]);
    }

    private static Context tokens(int... tokens) {
        return new Context.Tokens(tokens);
    }
}
