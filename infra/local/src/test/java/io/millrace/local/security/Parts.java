package io.millrace.local.security;

import io.millrace.learner.options.KafkaSecrets;
import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.KafkaFile;
import io.millrace.local.broker.Certificates;
import io.millrace.local.broker.SecuredBroker;
import io.millrace.schemas.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who reaches the broker: each part with a name, a password and a certificate of its own. */
record Parts(Path directory, Certificates certificates, Map<String, String> passwords) {

    private static final String[] NAMES = {"learner", "serving", "simulator", "operator", "stranger"};

    static Parts in(Path directory) throws IOException, InterruptedException {
        return new Parts(
                directory,
                Certificates.of(directory, "broker", "learner"),
                Stream.of(NAMES)
                        .collect(Collectors.toMap(
                                Function.identity(), name -> "secret-of-" + name + "-" + UUID.randomUUID())));
    }

    /** A properties file with which a part proves its name by password. */
    Path scramFile(String name, String password) throws IOException {
        var lines = new ArrayList<>(certificates.trust());
        lines.add("security.protocol=SASL_SSL");
        lines.add("sasl.mechanism=SCRAM-SHA-512");
        lines.add("sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + name
                + "\" password=\"" + password + "\";");
        return Files.write(directory.resolve(name + "-" + lines.hashCode() + ".properties"), lines);
    }

    String password(String name) {
        return passwords.getOrDefault(name, "");
    }

    KafkaAccess byPassword(SecuredBroker broker, String name) throws IOException {
        return access(broker.scramServers(), scramFile(name, password(name)));
    }

    KafkaAccess byCertificate(SecuredBroker broker, String name) throws IOException {
        List<String> lines = certificates.client(name);
        return access(
                broker.mutualTlsServers(), Files.write(directory.resolve(name + "-certificate.properties"), lines));
    }

    static KafkaAccess access(String servers, Path file) {
        return new KafkaAccess(
                servers,
                Topics.withDefaultPrefix(),
                Duration.ofSeconds(15),
                KafkaSecrets.byReference(KafkaFile.settings(file), "--kafka "));
    }
}
