package io.millrace.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PolicyFileReferenceTest {

    private static final Path PAGE = Path.of("../../docs/policy-file.md");

    @Test
    void theCommittedPageIsWhatTheCodeGenerates() throws IOException {
        if (Boolean.getBoolean("millrace.docs.write")) {
            Files.writeString(PAGE, PolicyFileReference.markdown());
        }

        assertThat(PAGE)
                .as("out of date? mvn -pl jobs/policy test -Dtest=PolicyFileReferenceTest -Dmillrace.docs.write=true")
                .hasContent(PolicyFileReference.markdown());
    }

    @Test
    void thePageNamesTheKeysOfEveryKind() {
        assertThat(PolicyFileReference.markdown())
                .contains("| `estimator.importance-clip` | a number of at least 0, or unlimited | `2.0` |")
                .contains("| `model.emissions` |")
                .contains("| `model.exploration` |");
    }
}
