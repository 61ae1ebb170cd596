package io.millrace.learner.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.policy.spec.PolicySpecException;
import io.millrace.schemas.PolicySpec;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** This module's class path is that of the job on a cluster without ND4J in its lib/. */
class WithoutMatricesTest {

    private static final String MLP = "mlp|{\"inputs\": 2, \"actions\": [\"a\", \"b\"]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {MLP, "seq2seq|{\"input\": [\"a\"], \"output\": [\"b\"]}"})
    void refusesKindsThatComputeWithMatricesAndSaysWhichJarsAreMissing(String kind, String model) {
        assertThatThrownBy(() -> KnownPolicy.of(spec(kind, model)))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageContaining("kind: expected one that can learn in this process, where '" + kind
                        + "' needs the jars of ND4J")
                .hasMessageContaining("found none of nd4j-api, nd4j-native, javacpp, openblas (policy 'deep')")
                .hasMessageContaining("copy jobs/neural/target/cluster-lib/*.jar");
    }

    @Test
    void servesAllOthersAllTheSame() {
        PolicyCatalog catalog = PolicyCatalog.following();

        assertThat(catalog.accept(spec("mlp", MLP.substring(4)))).isEmpty();

        assertThat(catalog.accept(SamplePolicy.choice("pick").spec(1))).isPresent();
    }

    private static PolicySpec spec(String kind, String model) {
        return PolicySpec.newBuilder()
                .setPolicy("deep")
                .setRevision(1)
                .setSpecification("{\"policy\": \"deep\", \"kind\": \"" + kind + "\", \"model\": " + model + "}")
                .setAppliedAt(Instant.now())
                .build();
    }
}
