package io.millrace.learner.options;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * Secrets in the configuration of Kafka clients. They are given as references, such as
 * {@code ${file:/secrets/kafka.properties:sasl.jaas.config}}, which Kafka resolves where it makes a client: so they are in no
 * process list, in no job graph and in no log.
 */
public final class KafkaSecrets {

    private static final String PROVIDERS = "config.providers";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^:}]+):[^}]+}");

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

    /** A reference to a key of a properties file, by the file's absolute path, where the client is made. */
    public static String reference(String file, String key) {
        return "${file:" + file + ":" + key + "}";
    }

    /** Whether the value, or a part of it, is a reference, to whatever provider. */
    public static boolean isReference(String value) {
        return REFERENCE.matcher(value).find();
    }

    /**
     * The same settings, with Kafka's providers for references to files, directories and environment variables. Where there
     * are providers of one's own, only those of Kafka's are added that are referred to and not among them.
     *
     * @param prefix of the keys in messages
     * @throws IllegalArgumentException when a secret is given itself instead of a reference, or as one that nobody would
     *     resolve; it is not repeated
     */
    public static Map<String, String> byReference(Map<String, String> kafka, String prefix) {
        Set<String> own = ownProviders(kafka);
        for (String key : new TreeSet<>(kafka.keySet())) {
            requireReference(key, kafka.getOrDefault(key, ""), own, prefix);
        }
        Set<String> named = providersNamedIn(kafka.values());
        if (named.isEmpty()) {
            return kafka;
        }
        var added = new TreeSet<>(STANDARD.keySet());
        if (!own.isEmpty()) {
            added.retainAll(named);
            added.removeAll(own);
        }
        Map<String, String> resolved = new LinkedHashMap<>(kafka);
        added.forEach(name -> resolved.put(PROVIDERS + "." + name + ".class", provider(name)));
        Set<String> all = new LinkedHashSet<>(own);
        all.addAll(added);
        resolved.put(PROVIDERS, String.join(",", all));
        return resolved;
    }

    private static void requireReference(String key, String value, Set<String> own, String prefix) {
        if (!isSecret(key)) {
            return;
        }
        if (!isReference(value)) {
            throw new IllegalArgumentException(prefix + key
                    + ": expected a reference such as ${file:/path:key} or ${env:NAME}, found the secret itself (not"
                    + " shown); put it into a file");
        }
        for (String provider : providersNamedIn(List.of(value))) {
            if (!STANDARD.containsKey(provider) && !own.contains(provider)) {
                throw new IllegalArgumentException(prefix + key + ": expected a reference to one of "
                        + new TreeSet<>(STANDARD.keySet()) + " or of " + PROVIDERS + " " + own
                        + ", found another (not shown); name its provider in " + PROVIDERS);
            }
        }
    }

    private static Set<String> ownProviders(Map<String, String> kafka) {
        return Arrays.stream(kafka.getOrDefault(PROVIDERS, "").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> providersNamedIn(Collection<String> values) {
        return values.stream()
                .flatMap(value -> REFERENCE.matcher(value).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static String provider(String name) {
        return Objects.requireNonNull(STANDARD.get(name)).getName();
    }
}
