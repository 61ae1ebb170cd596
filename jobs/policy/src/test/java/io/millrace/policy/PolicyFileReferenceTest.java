package io.millrace.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PolicyFileReferenceTest {

    @Test
    void thePageNamesTheKeysOfEveryKind() {
        assertThat(PolicyFileReference.markdown())
                .contains("| `estimator.importance-clip` | a number of at least 0, or unlimited | `2.0` |")
                .contains("| `model.emissions` |")
                .contains("| `model.exploration` |");
    }
}
