package io.millrace.policy.spec;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a key may hold: between a plain JSON value (String, Number, Boolean, List, Map) and a typed one.
 *
 * @param expected completes "expected …" in messages and the reference page
 * @param reader the typed value, or empty when the plain one is not of this type
 * @param writer the plain value; a typed value that {@code reader} does not read back is impossible
 */
public record ValueType<T>(String expected, Function<Object, Optional<T>> reader, Function<T, Object> writer) {

    /** How an infinite bound is written: JSON has no number for it. */
    static final String UNLIMITED = "unlimited";

    public static final ValueType<Boolean> FLAG = new ValueType<>(
            "true or false",
            value -> value instanceof Boolean flag ? Optional.of(flag) : Optional.empty(),
            flag -> flag);

    /** A whole number from {@code min} to {@code max}. */
    public static ValueType<Integer> integer(int min, int max) {
        ValueType<Long> wide = wholeNumber(min, max);
        return new ValueType<>(
                wide.expected(), value -> wide.reader().apply(value).map(Math::toIntExact), value -> value);
    }

    static ValueType<Long> wholeNumber(long min, long max) {
        String expected = max == Long.MAX_VALUE
                ? (min == Long.MIN_VALUE ? "a whole number" : "a whole number of at least " + min)
                : "a whole number from " + min + " to " + max;
        return new ValueType<>(expected, value -> whole(value).filter(n -> n >= min && n <= max), value -> value);
    }

    private static Optional<Long> whole(Object value) {
        return value instanceof Integer || value instanceof Long
                ? Optional.of(((Number) value).longValue())
                : Optional.empty();
    }

    /** A finite number of at least {@code min}. */
    public static ValueType<Double> atLeast(double min) {
        return number("a number of at least " + plain(min), new Range(min, Double.MAX_VALUE));
    }

    /** A number from {@code min} to {@code max}, both inclusive. */
    public static ValueType<Double> fromTo(double min, double max) {
        return number("a number from " + plain(min) + " to " + plain(max), new Range(min, max));
    }

    /** A finite number greater than {@code bound}. */
    public static ValueType<Double> greaterThan(double bound) {
        return number("a number greater than " + plain(bound), new Range(Math.nextUp(bound), Double.MAX_VALUE));
    }

    /** A number from {@code min} (inclusive) to below {@code bound}. */
    public static ValueType<Double> fromToBelow(double min, double bound) {
        return number(
                "a number from " + plain(min) + " to below " + plain(bound), new Range(min, Math.nextDown(bound)));
    }

    /** Any finite number. */
    static ValueType<Double> number() {
        return number("a number", new Range(-Double.MAX_VALUE, Double.MAX_VALUE));
    }

    static ValueType<Double> number(String expected, Range range) {
        return new ValueType<>(
                expected, value -> finite(value).filter(n -> n >= range.min() && n <= range.max()), value -> value);
    }

    static Optional<Double> finite(Object value) {
        return value instanceof Number number
                ? Optional.of(number.doubleValue()).filter(Double::isFinite)
                : Optional.empty();
    }

    /** What {@code bounded} holds, or the word "unlimited" for positive infinity. */
    static ValueType<Double> orUnlimited(ValueType<Double> bounded) {
        return new ValueType<>(
                bounded.expected() + ", or " + UNLIMITED,
                value -> UNLIMITED.equals(value)
                        ? Optional.of(Double.POSITIVE_INFINITY)
                        : bounded.reader().apply(value),
                value -> value == Double.POSITIVE_INFINITY ? UNLIMITED : value);
    }

    /** One of an enum's constants, written in lower case with '-' between words. */
    public static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        List<E> constants = List.of(type.getEnumConstants());
        return new ValueType<>(
                constants.stream().map(ValueType::kebab).collect(Collectors.joining(", ", "one of ", "")),
                value -> constants.stream().filter(c -> kebab(c).equals(value)).findFirst(),
                ValueType::kebab);
    }

    private static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A string that matches a pattern as a whole. */
    static ValueType<String> matching(String expected, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return new ValueType<>(
                expected,
                value -> value instanceof String text && compiled.matcher(text).matches()
                        ? Optional.of(text)
                        : Optional.empty(),
                text -> text);
    }

    /** A list of 1 to {@code max} different strings. */
    public static ValueType<List<String>> distinctStrings(int max) {
        return new ValueType<>(
                "a list of 1 to " + max + " different strings",
                value -> value instanceof List<?> list && !list.isEmpty() && list.size() <= max
                        ? strings(list)
                        : Optional.empty(),
                list -> list);
    }

    private static Optional<List<String>> strings(List<?> list) {
        String[] strings = list.stream().filter(String.class::isInstance).toArray(String[]::new);
        boolean distinct = new HashSet<>(Arrays.asList(strings)).size() == list.size();
        return distinct ? Optional.of(List.of(strings)) : Optional.empty();
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
