package io.millrace.learner.options;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Secrets in the configuration of Kafka clients. They are given as references, such as
 * {@code ${file:/secrets/kafka.properties:sasl.jaas.config}}, which Kafka resolves where it makes a client: so they are in no
 * process list, in no job graph and in no log.
 */
public final class KafkaSecrets {

    private static final String PROVIDERS = "config.providers";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^:}]+:[^}]+}");

    /** By the name in references. */
    private static final Map<String, Class<?>> STANDARD = Map.of(
            "file", FileConfigProvider.class,
            "directory", DirectoryConfigProvider.class,
            "env", EnvVarConfigProvider.class);

    private KafkaSecrets() {}

    /** Whether Kafka itself treats the setting as a secret. */
    public static boolean isSecret(String key) {
        return isPassword(ConsumerConfig.configDef(), key)
                || isPassword(ProducerConfig.configDef(), key)
                || isPassword(AdminClientConfig.configDef(), key);
    }

    private static boolean isPassword(ConfigDef settings, String key) {
        ConfigDef.ConfigKey found = settings.configKeys().get(key);
        return found != null && found.type == ConfigDef.Type.PASSWORD;
    }

    /** A reference to a key of a properties file, by the file's absolute path. */
    public static String reference(String file, String key) {
        return "${file:" + file + ":" + key + "}";
    }

    /**
     * The same settings, with Kafka's providers for references to files, directories and environment variables.
     *
     * @param prefix of the keys in messages
     * @throws IllegalArgumentException when a secret is given itself instead of a reference; it is not repeated
     */
    public static Map<String, String> byReference(Map<String, String> kafka, String prefix) {
        for (String key : new TreeSet<>(kafka.keySet())) {
            if (isSecret(key) && !isReference(kafka.get(key))) {
                throw new IllegalArgumentException(prefix + key
                        + ": expected a reference such as ${file:/path:key} or ${env:NAME}, found the secret itself (not"
                        + " shown); put it into a file");
            }
        }
        if (kafka.containsKey(PROVIDERS) || kafka.values().stream().noneMatch(KafkaSecrets::isReference)) {
            return kafka;
        }
        Map<String, String> resolved = new LinkedHashMap<>(kafka);
        resolved.put(PROVIDERS, String.join(",", new TreeSet<>(STANDARD.keySet())));
        STANDARD.forEach((name, provider) -> resolved.put(PROVIDERS + "." + name + ".class", provider.getName()));
        return resolved;
    }

    private static boolean isReference(@Nullable String value) {
        return value != null && REFERENCE.matcher(value).find();
    }
}
