package io.millrace.server.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackSecretTest {

    private static final String TEXT = "a secret of thirty-two bytes, ok";

    @TempDir
    private Path folder;

    @Test
    void readsAFileWithoutTheLineBreakAtItsEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), TEXT + "\r\n");

        assertThat(FeedbackSecret.fromFile(file))
                .isEqualTo(FeedbackSecret.of("secret", TEXT.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesFewerThan32Bytes() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), TEXT.substring(1) + "\n");

        assertThatThrownBy(() -> FeedbackSecret.fromFile(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("feedback-token.secret-file: expected at least 32 bytes, found 31;");
    }

    @Test
    void namesTheKeyWhenTheFileCannotBeRead() {
        assertThatThrownBy(() -> FeedbackSecret.fromFile(folder.resolve("absent")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("feedback-token.secret-file: expected a file that can be read");
    }

    @Test
    void isDifferentEveryTimeItIsRandom() {
        assertThat(FeedbackSecret.random()).isNotEqualTo(FeedbackSecret.random());
    }
}
