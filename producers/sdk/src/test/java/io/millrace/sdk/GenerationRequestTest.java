package io.millrace.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.policy.Sampling;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenerationRequestTest {

    @Test
    void takesExactlyOneKindOfInput() {
        refuses(request(), "expected exactly one of tokens, vector and candidates, found 0");
        refuses(request().tokens(List.of("a")).vector(1), "found 2");
        refuses(request().feature("hour", 1), "found 0");
    }

    @Test
    void refusesNumbersThatAreNotFinite() {
        refuses(request().vector(1, Float.NaN), "vector[1]: expected a finite number, found NaN");
        refuses(
                request().feature("hour", Double.POSITIVE_INFINITY).candidate("a", Map.of()),
                "features[hour]: expected a finite number, found Infinity");
        refuses(
                request().candidate("a", Map.of("price", Float.NEGATIVE_INFINITY)),
                "candidate a[price]: expected a finite number");
    }

    @Test
    void refusesATemperatureAtWhichLogProbsOverflow() {
        for (double outside : new double[] {Double.NaN, 0, 1e-300, 0.0099, 100.1, Double.POSITIVE_INFINITY}) {
            refuses(
                    request().vector(1).temperature(outside),
                    "temperature: expected 0.01 to 100.0, found " + outside + "; ask for a greedy draw");
        }
        for (double inside : new double[] {0.01, 1, 100}) {
            assertThat(request().vector(1).temperature(inside).build().temperature())
                    .isEqualTo(inside);
        }
    }

    @Test
    void refusesARestrictionThatLeavesNothingToDraw() {
        refuses(request().vector(1).topK(-1), "topK: expected 0 (no restriction) or more, found -1");
        for (double outside : new double[] {Double.NaN, -0.1, 0, 1.01, Double.POSITIVE_INFINITY}) {
            refuses(request().vector(1).topP(outside), "topP: expected a number above 0 and at most 1");
        }
    }

    @Test
    void drawsAsItIsAskedTo() {
        assertThat(request().vector(1).build().sampling()).isEqualTo(Sampling.AS_LEARNED);
        assertThat(request()
                        .vector(1)
                        .temperature(0.5)
                        .topK(3)
                        .topP(0.9)
                        .build()
                        .sampling())
                .isEqualTo(new Sampling.Stochastic(0.5, 3, 0.9));
        assertThat(request()
                        .vector(1)
                        .topK(3)
                        .draw(GenerationRequest.Draw.GREEDY)
                        .build()
                        .sampling())
                .isEqualTo(new Sampling.Greedy());
    }

    @Test
    void refusesNamesThatAreEmptyOrEndless() {
        refuses(GenerationRequest.forPolicy("").vector(1), "policy: expected 1 to 200 characters, found none");
        refuses(request().vector(1).segment("s".repeat(201)), "segment: expected 1 to 200 characters, found 201");
        refuses(request().vector(1).group(" "), "group: expected 1 to 200 characters");
        refuses(request().vector(1).step("", 0), "trajectoryId: expected 1 to 200 characters");
        refuses(request().vector(1).step("t", -1), "step: expected 0 or more, found -1");
    }

    private static GenerationRequest.Builder request() {
        return GenerationRequest.forPolicy("home");
    }

    private static void refuses(GenerationRequest.Builder request, String message) {
        assertThatThrownBy(request::build)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(message);
    }
}
