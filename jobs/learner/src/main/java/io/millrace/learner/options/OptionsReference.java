package io.millrace.learner.options;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.BlockElement;
import org.apache.flink.configuration.description.TextElement;
import org.apache.flink.util.TimeUtils;

/** The reference page of the job's options, generated from the options themselves. */
public final class OptionsReference {

    private static final String HEAD = """
            # Options of the learner

            Given to the job as `--key value`, for example
            `--millrace.bootstrap-servers localhost:9092 --millrace.lanes 8`. An unknown key that begins with `millrace.`, a
            missing one or an impossible value is refused, and the message names the key in full. Keys that begin with
            `%s` are passed to every Kafka client, without that prefix: `--kafka.security.protocol SSL`; secrets among
            them by reference only, see [kafka-security.md](kafka-security.md). How a policy learns is not here but in its
            [policy file](policy-file.md).

            Durations are a whole number and a unit: `20ms`, `2s`, `10min`, `1h`. This page is generated from the code.

            | key | type | default | meaning |
            |---|---|---|---|
            """;

    private OptionsReference() {}

    /** The page, as Markdown. */
    public static String markdown() {
        return LearnerOptions.ALL.stream()
                .map(OptionsReference::row)
                .collect(Collectors.joining("", HEAD.formatted(LearnerOptions.KAFKA_PREFIX), ""));
    }

    private static String row(ConfigOption<?> option) {
        return "| `" + option.key() + "` | " + type(option) + " | " + defaultValue(option) + " | " + description(option)
                + " |\n";
    }

    private static String type(ConfigOption<?> option) {
        Object value = option.hasDefaultValue() ? option.defaultValue() : "";
        if (value instanceof Enum<?> constant) {
            return Arrays.stream(constant.getDeclaringClass().getEnumConstants())
                    .map(Object::toString)
                    .collect(Collectors.joining(" or "));
        }
        return value instanceof Duration ? "duration" : value instanceof Integer ? "whole number" : "text";
    }

    private static String defaultValue(ConfigOption<?> option) {
        if (!option.hasDefaultValue()) {
            return "required";
        }
        Object value = option.defaultValue();
        return '`'
                + (value instanceof Duration duration ? TimeUtils.formatWithHighestUnit(duration) : value.toString())
                + '`';
    }

    private static String description(ConfigOption<?> option) {
        return option.description().getBlocks().stream()
                .map(OptionsReference::text)
                .collect(Collectors.joining(" "));
    }

    private static String text(BlockElement block) {
        if (block instanceof TextElement text) {
            return text.getFormat();
        }
        throw new IllegalStateException("option description: expected plain text, found " + block.getClass());
    }
}
