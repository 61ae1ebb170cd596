package io.millrace.policy.spec;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as files write them: a whole number and a unit, such as {@code 20ms}, {@code 2s}, {@code 10m}. */
final class DurationType {

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private DurationType() {}

    static ValueType<Duration> positive() {
        return of("a duration such as 20ms, 2s, 10m, 1h or 7d, at most 36500d", Duration.ofMillis(1));
    }

    static ValueType<Duration> zeroOrMore() {
        return of("a duration such as 0s, 20ms, 2s, 10m, 1h or 7d, at most 36500d", Duration.ZERO);
    }

    private static ValueType<Duration> of(String expected, Duration shortest) {
        return new ValueType<>(
                expected,
                value -> parse(value).filter(d -> d.compareTo(shortest) >= 0 && d.compareTo(LONGEST) <= 0),
                DurationType::format);
    }

    private static Optional<Duration> parse(Object value) {
        if (!(value instanceof String text)) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(unit(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1))))
                : Optional.empty();
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }

    /** In the largest unit that divides it; in ISO form, which no file may use, when it is not whole milliseconds. */
    private static String format(Duration duration) {
        if (duration.toNanosPart() % 1_000_000 != 0) {
            return duration.toString();
        }
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        if (duration.toSecondsPart() != 0 || duration.isZero()) {
            return duration.toSeconds() + "s";
        }
        if (duration.toMinutesPart() != 0) {
            return duration.toMinutes() + "m";
        }
        return duration.toHoursPart() != 0 ? duration.toHours() + "h" : duration.toDays() + "d";
    }
}
