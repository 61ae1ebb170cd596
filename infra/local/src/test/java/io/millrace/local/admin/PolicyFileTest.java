package io.millrace.local.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.policy.spec.PolicySpecException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyFileTest {

    static final String CHOICE = """
            policy: %s
            kind: choice
            seed: %d
            model: { hash-bits: 10 }
            batch: { trajectories: 64, max-age: 15ms }
            join: { reward-window: 10m, metrics: { score: { aggregation: mean } } }
            """;

    @Test
    void readsYaml() {
        PolicyDefinition definition = PolicyFile.parse(CHOICE.formatted("shop", 3));

        assertThat(definition.policy()).isEqualTo("shop");
        assertThat(definition.seed()).isEqualTo(3);
        assertThat(definition.batch().maxAge()).isEqualTo(Duration.ofMillis(15));
    }

    @Test
    void readsJsonToo() {
        PolicyDefinition yaml = PolicyFile.parse(CHOICE.formatted("shop", 3));

        assertThat(PolicyFile.parse(yaml.toJson())).isEqualTo(yaml);
    }

    @Test
    void namesTheFileAndTheKeyThatIsWrong(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("shop.yaml"), CHOICE.formatted("shop", 3) + "optimizer: { learning-rate: -1 }\n");

        assertThatThrownBy(() -> PolicyFile.read(file))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageContaining("optimizer.learning-rate")
                .hasMessageContaining("shop.yaml");
    }

    @Test
    void refusesAModelThatItsKindCannotBuild() {
        assertThatThrownBy(
                        () -> PolicyFile.parse(
                                "policy: shop\nkind: choice\nmodel: { hash-bits: 99 }\njoin: { metrics: { score: { aggregation: mean } } }\n"))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageContaining("hash-bits");
    }

    @Test
    void refusesWhatIsNotYaml() {
        assertThatThrownBy(() -> PolicyFile.parse("{ policy: [ shop"))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageContaining("expected YAML");
    }

    @Test
    void saysInOneLineWhereYamlIsBroken() {
        assertThatThrownBy(() -> PolicyFile.parse("policy: shop\nmodel: { hash-bits: 12\nkind: choice\n"))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageMatching("policy file: expected YAML, found: while parsing a flow mapping, .*"
                        + " \\(line 3, column \\d+\\)");
        assertThatThrownBy(() -> PolicyFile.parse("policy: shop\n\tkind: choice\n"))
                .hasMessageMatching("policy file: expected YAML, found: .* \\(line 2, column \\d+\\)");
    }

    @Test
    void refusesAKeyThatIsGivenTwice() {
        assertThatThrownBy(() -> PolicyFile.parse("policy: a\npolicy: b\n"))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageContaining("policy");
    }

    @Test
    void refusesAFileThatIsNotThere(@TempDir Path directory) {
        assertThatThrownBy(() -> PolicyFile.read(directory.resolve("missing.yaml")))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageContaining("missing.yaml");
    }
}
