package io.millrace.server.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.sdk.InvalidRequestException;
import io.millrace.sdk.UnavailableException;
import io.millrace.sdk.UnknownPolicyException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void readsExpectedFoundAndRemedyOffTheSentence() {
        Problem problem =
                Problem.of(400, "step: expected 0 or more, found -1 (trajectory 't'); send the step's position");

        assertThat(problem.expected()).isEqualTo("0 or more");
        assertThat(problem.found()).isEqualTo("-1 (trajectory 't')");
        assertThat(problem.remedy()).isEqualTo("send the step's position");
        assertThat(problem.title()).isEqualTo("The request cannot be used");
    }

    @Test
    void pointsToTheReferenceWhereTheSentenceNamesNoRemedy() {
        assertThat(Problem.of(400, "body: expected JSON, found nothing").remedy())
                .isEqualTo("see /openapi.json");
        assertThat(Problem.of(400, "no").remedy()).isEqualTo("see /openapi.json");
    }

    @Test
    void givesEveryExceptionOfTheSdkItsStatus() {
        assertThat(Problems.of(new InvalidRequestException("no")).status()).isEqualTo(400);
        assertThat(Problems.of(new UnknownPolicyException("no")).status()).isEqualTo(404);
        assertThat(Problems.of(new CompletionException(new UnavailableException("no")))
                        .status())
                .isEqualTo(503);
    }

    @Test
    void keepsAnUnforeseenFailureFromTheClient() {
        Problem problem = Problems.of(new IllegalStateException("password 1234"));

        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.toString()).doesNotContain("1234");
    }
}
