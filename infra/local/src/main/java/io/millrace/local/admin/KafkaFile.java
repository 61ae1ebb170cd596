package io.millrace.local.admin;

import io.millrace.learner.options.KafkaSecrets;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /**
     * Its settings for clients on a cluster, whose machines find the same file at a path of their own.
     *
     * @param there that path; empty: they have none
     * @throws IllegalArgumentException when it cannot be read, and when it holds secrets that nobody would find there
     */
    public static Map<String, String> settingsOnCluster(Path file, Optional<String> there) {
        Map<String, String> found = read(file.toAbsolutePath().normalize());
        if (there.isPresent()) {
            requireAbsolute(there.get());
            return byReference(found, there.get());
        }
        List<String> hidden = found.keySet().stream()
                .filter(key -> isHidden(key, found.getOrDefault(key, "")))
                .sorted()
                .toList();
        if (!hidden.isEmpty()) {
            throw new IllegalArgumentException(
                    "--kafka-file: expected no secret for a job on a cluster, where nobody has"
                            + " this file, found " + hidden + " in " + file
                            + "; bring the file to each of its machines and say where"
                            + " it is there (--kafka-file-on-cluster PATH), or write references such as ${env:NAME} into it");
        }
        return found;
    }

    /** A colon or a brace would end the path within a reference. */
    private static void requireAbsolute(String path) {
        if (!path.matches("/[^:{}]+")) {
            throw new IllegalArgumentException(
                    "--kafka-file-on-cluster: expected an absolute path, without ':' and braces, of"
                            + " the file on the cluster's machines, such as /secrets/kafka.properties, found '" + path
                            + "'");
        }
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
