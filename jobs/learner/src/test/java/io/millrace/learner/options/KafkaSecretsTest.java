package io.millrace.learner.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sasl.jaas.config",
                "ssl.keystore.password",
                "ssl.key.password",
                "ssl.truststore.password",
                "ssl.keystore.key"
            })
    void theJobRefusesASecretItselfAndDoesNotRepeatIt(String key) {
        var configuration = new Configuration().set(LearnerOptions.BOOTSTRAP_SERVERS, "host:9092");
        configuration.setString(LearnerOptions.KAFKA_PREFIX + key, "hush");

        assertThatThrownBy(() -> LearnerOptions.from(configuration))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("option kafka." + key + ": expected a reference")
                .message()
                .doesNotContain("hush");
    }

    @Test
    void kafkaResolvesTheReferenceWhereAClientIsMade(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("secrets.properties"), "password=hush\n");
        Map<String, String> settings = KafkaSecrets.byReference(
                Map.of(
                        "bootstrap.servers",
                        "host:9092",
                        "ssl.keystore.password",
                        KafkaSecrets.reference(file.toString(), "password")),
                "");

        assertThat(settings.toString()).doesNotContain("hush");
        assertThat(new AdminClientConfig(new HashMap<>(settings)).getPassword("ssl.keystore.password"))
                .isEqualTo(new Password("hush"));
    }

    @Test
    void leavesWhatIsNoSecretAndProvidersOfOnesOwnAlone() {
        Map<String, String> plain = Map.of("security.protocol", "SSL");
        Map<String, String> own = Map.of("config.providers", "vault", "ssl.key.password", "${vault:a:b}");

        assertThat(KafkaSecrets.byReference(plain, "")).isEqualTo(plain);
        assertThat(KafkaSecrets.byReference(own, "")).isEqualTo(own);
        assertThat(KafkaSecrets.isSecret("security.protocol")).isFalse();
    }

    @Test
    void addsKafkasProvidersToOnesOwnWhereTheyAreReferredTo() {
        Map<String, String> settings = KafkaSecrets.byReference(
                Map.of(
                        "config.providers", "vault, env",
                        "config.providers.vault.class", "com.example.Vault",
                        "config.providers.env.class", "com.example.Environment",
                        "ssl.key.password", "${vault:a:b}",
                        "ssl.truststore.password", "${env:PASSWORD}",
                        "ssl.keystore.password", "${file:/secrets/kafka.properties:ssl.keystore.password}"),
                "");

        assertThat(settings)
                .containsEntry("config.providers", "vault,env,file")
                .containsEntry("config.providers.vault.class", "com.example.Vault")
                .containsEntry("config.providers.env.class", "com.example.Environment")
                .containsEntry("config.providers.file.class", FileConfigProvider.class.getName())
                .doesNotContainKey("config.providers.directory.class");
    }

    @Test
    void refusesAReferenceThatNobodyWouldResolve() {
        assertThatThrownBy(() -> KafkaSecrets.byReference(Map.of("ssl.key.password", "${vault:a:b}"), "--kafka "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--kafka ssl.key.password: expected a reference to one of [directory, env, file] or of"
                        + " config.providers [], found another (not shown); name its provider in config.providers");
    }
}
