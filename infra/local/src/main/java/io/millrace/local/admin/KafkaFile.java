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
     * client is made; what is a reference already stays as it is, since Kafka resolves none within another.
     *
     * @throws IllegalArgumentException when it cannot be read
     */
    public static Map<String, String> settings(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return byReference(read(absolute), absolute.toString());
    }

    private static Map<String, String> byReference(Map<String, String> found, String file) {
        Map<String, String> settings = new LinkedHashMap<>(found);
        settings.replaceAll((key, value) -> isHidden(key, value) ? KafkaSecrets.reference(file, key) : value);
        return settings;
    }

    private static boolean isHidden(String key, String value) {
        return KafkaSecrets.isSecret(key) && !KafkaSecrets.isReference(value);
    }

    private static Map<String, String> read(Path file) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--kafka-file: expected a properties file that can be read, found " + file + " (" + e + ")", e);
        }
        Map<String, String> found = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(key -> found.put(key, properties.getProperty(key)));
        return found;
    }
}
