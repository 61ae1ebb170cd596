package io.millrace.neural;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.policy.PolicyFileReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Here, where every kind of policy is on the class path. */
class PolicyFilePageTest {

    private static final Path PAGE = Path.of("../../docs/policy-file.md");

    @Test
    void theCommittedPageIsWhatTheCodeGenerates() throws IOException {
        if (Boolean.getBoolean("millrace.docs.write")) {
            Files.writeString(PAGE, PolicyFileReference.markdown());
        }

        assertThat(PAGE)
                .as("out of date? mvn -pl jobs/neural -am test -Dtest=PolicyFilePageTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dmillrace.docs.write=true")
                .hasContent(PolicyFileReference.markdown());
    }

    @Test
    void thePageNamesTheKindsOfThisModule() {
        assertThat(PolicyFileReference.markdown())
                .contains("## Kind `mlp`", "| `model.trunk` |", "## Kind `seq2seq`", "| `model.max-output` |");
    }
}
