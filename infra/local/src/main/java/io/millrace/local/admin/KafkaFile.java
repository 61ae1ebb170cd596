package io.millrace.local.admin;

import io.millrace.learner.options.KafkaSecrets;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** A properties file with settings of Kafka's clients, as Kafka's own commands take it. */
public final class KafkaFile {

    private KafkaFile() {}

    /**
     * Its settings. In place of a secret stands a reference to the file, so that the secret itself is read only where a
     * client is made.
     *
     * @throws IllegalArgumentException when it cannot be read
     */
    public static Map<String, String> settings(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(absolute)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--kafka-file: expected a properties file that can be read, found " + file + " (" + e + ")", e);
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (String key : properties.stringPropertyNames()) {
            boolean hidden = KafkaSecrets.isSecret(key);
            settings.put(key, hidden ? KafkaSecrets.reference(absolute.toString(), key) : properties.getProperty(key));
        }
        return settings;
    }
}
