package io.millrace.local.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.wire.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaFileTest {

    @Test
    void readsWhatIsNoSecretAndOnlyPointsToWhatIs(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("kafka.properties"), "security.protocol=SSL\nssl.keystore.password=hush\n");

        assertThat(KafkaFile.settings(file))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "security.protocol",
                        "SSL",
                        "ssl.keystore.password",
                        "${file:" + file + ":ssl.keystore.password}"));
    }

    @Test
    void accessDoesNotShowTheClientsSettings() {
        var access = new KafkaAccess(
                "host:9092",
                Topics.withDefaultPrefix(),
                Duration.ofSeconds(1),
                Map.of("sasl.jaas.config", "module required password=hush;"));

        assertThat(access.toString()).contains("sasl.jaas.config").doesNotContain("hush");
    }
}
