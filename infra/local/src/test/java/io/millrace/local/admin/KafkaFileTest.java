package io.millrace.local.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learner.options.KafkaSecrets;
import io.millrace.schemas.wire.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.types.Password;
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
    void onAClusterPointsToWhereTheFileIsThere(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("kafka.properties"), "security.protocol=SSL\nssl.keystore.password=hush\n");

        assertThat(KafkaFile.settingsOnCluster(file, Optional.of("/secrets/kafka.properties")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "security.protocol",
                        "SSL",
                        "ssl.keystore.password",
                        "${file:/secrets/kafka.properties:ssl.keystore.password}"));
        assertThatThrownBy(() -> KafkaFile.settingsOnCluster(file, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found [ssl.keystore.password] in " + file)
                .hasMessageContaining("--kafka-file-on-cluster PATH")
                .message()
                .doesNotContain("hush");
        assertThatThrownBy(() -> KafkaFile.settingsOnCluster(file, Optional.of("secrets/kafka.properties")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--kafka-file-on-cluster: expected an absolute path");
    }

    @Test
    void onAClusterNeedsNoPathWhereNothingIsSecret(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("kafka.properties"),
                "security.protocol=SSL\nssl.keystore.password=${env:PASSWORD}\n");

        assertThat(KafkaFile.settingsOnCluster(file, Optional.empty()))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("security.protocol", "SSL", "ssl.keystore.password", "${env:PASSWORD}"));
    }

    @Test
    void leavesReferencesAndAddsWhatItNeedsToOnesOwnProviders(@TempDir Path directory) throws Exception {
        Path file = Files.write(
                directory.resolve("kafka.properties"),
                List.of(
                        "config.providers=mine",
                        "config.providers.mine.class=" + EnvVarConfigProvider.class.getName(),
                        "ssl.key.password=${mine:PATH}",
                        "ssl.truststore.password=${env:PATH}",
                        "ssl.keystore.password=hush"));

        Map<String, String> settings = KafkaSecrets.byReference(KafkaFile.settings(file), "--kafka ");

        assertThat(settings)
                .containsEntry("ssl.key.password", "${mine:PATH}")
                .containsEntry("ssl.truststore.password", "${env:PATH}");
        assertThat(settings.toString()).doesNotContain("hush");
        settings.put("bootstrap.servers", "host:9092");
        AdminClientConfig resolved = new AdminClientConfig(new HashMap<>(settings));
        assertThat(resolved.getPassword("ssl.keystore.password")).isEqualTo(new Password("hush"));
        for (String key : List.of("ssl.key.password", "ssl.truststore.password")) {
            assertThat(resolved.getPassword(key).value()).as(key).isEqualTo(System.getenv("PATH"));
        }
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
