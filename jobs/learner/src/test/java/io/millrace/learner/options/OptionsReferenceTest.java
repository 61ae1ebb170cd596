package io.millrace.learner.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;

class OptionsReferenceTest {

    private static final Path PAGE = Path.of("../../docs/learner-options.md");

    @Test
    void theCommittedPageIsWhatTheCodeGenerates() throws IOException {
        if (Boolean.getBoolean("millrace.docs.write")) {
            Files.writeString(PAGE, OptionsReference.markdown());
        }

        assertThat(PAGE)
                .as("out of date? mvn -pl jobs/learner test -Dtest=OptionsReferenceTest -Dmillrace.docs.write=true")
                .hasContent(OptionsReference.markdown());
    }

    @Test
    void thePageDescribesEveryOption() {
        assertThat(LearnerOptions.ALL)
                .extracting(ConfigOption::key)
                .doesNotHaveDuplicates()
                .allSatisfy(key -> assertThat(OptionsReference.markdown()).contains("| `" + key + "` |"));
        assertThat(OptionsReference.markdown())
                .contains("| `millrace.bootstrap-servers` | text | required |")
                .contains("| `millrace.delivery` | AT_LEAST_ONCE or EXACTLY_ONCE | `AT_LEAST_ONCE` |")
                .contains("| `millrace.watermark.idle-after` | duration | `10 s` |")
                .contains("| `millrace.lanes` | whole number | `16` |");
    }
}
