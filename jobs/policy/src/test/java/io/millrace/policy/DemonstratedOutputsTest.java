package io.millrace.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.policy.choice.ChoicePolicyFactory;
import io.millrace.policy.spec.ModelSpec;
import io.millrace.policy.transducer.TransducerPolicyFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From outputs in the application's terms back to actions, and how likely they are when all are alike. */
class DemonstratedOutputsTest {

    private final Policy choice = new ChoicePolicyFactory().create(new ModelSpec(Map.of("hash-bits", 4)));
    private final Context three = choice.encode(new Prompt.Choice(
            Map.of(),
            List.of(
                    new Prompt.Option("a", Map.of()),
                    new Prompt.Option("b", Map.of()),
                    new Prompt.Option("c", Map.of()))));

    private final Policy transducer = new TransducerPolicyFactory()
            .create(new ModelSpec(Map.of(
                    "input", List.of("a", "b"),
                    "emissions", List.of("X", "", "Y Z", "W", "V"),
                    "hash-bits", 4)));
    private final Context twoTokens = new Context.Tokens(new int[] {0, 1});

    @Test
    void aChoiceIsDemonstratedByItsCandidate() {
        assertThat(choice.actions(three, List.of("c"))).containsExactly(2);
        assertThat(choice.render(three, choice.actions(three, List.of("b")), 1)).containsExactly("b");
    }

    @Test
    void aChoiceThatIsNoCandidateIsRefused() {
        assertThatThrownBy(() -> choice.actions(three, List.of("d")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("output[0]: expected one of the candidates [a, b, c], found 'd'");
    }

    @Test
    void aTransductionIsDemonstratedEmissionByEmission() {
        int[] actions = transducer.actions(twoTokens, List.of("Y Z", ""));

        assertThat(actions).containsExactly(2, 1);
        assertThat(transducer.render(twoTokens, actions, 2)).containsExactly("Y", "Z");
    }

    @Test
    void aTransductionWithoutAlignmentIsRefused() {
        assertThatThrownBy(() -> transducer.actions(twoTokens, List.of("X")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("output: expected one emission for each of the 2 input tokens");
        assertThatThrownBy(() -> transducer.actions(twoTokens, List.of("X", "Q")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("output[1]: expected one of model.emissions, found 'Q'");
    }

    @Test
    void uniformProbabilitiesOfAllOutputsSumToOne() {
        double ofChoices = 0;
        for (int a = 0; a < 3; a++) {
            ofChoices += uniform(choice, new Decision(three, new int[] {a}, new float[1]));
        }
        assertThat(ofChoices).isEqualTo(1, within(1e-12));

        double ofTransductions = 0;
        for (int a = 0; a < 25; a++) {
            ofTransductions += uniform(transducer, new Decision(twoTokens, new int[] {a / 5, a % 5}, new float[2]));
        }
        assertThat(ofTransductions).isEqualTo(1, within(1e-12));
    }

    private static double uniform(Policy policy, Decision decision) {
        return Math.exp(policy.uniformLogProb(decision).orElseThrow());
    }
}
