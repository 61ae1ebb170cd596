package io.millrace.policy.spec;

import java.util.Optional;

/**
 * One key of a policy's file. Its declaration drives the parser, the checks of the records and the reference page.
 *
 * @param path full key, such as {@code estimator.importance-clip}
 * @param otherwise value where the file has none; empty: the key is required
 * @param meaning a sentence for people
 */
public record Key<T>(String path, ValueType<T> type, Optional<T> otherwise, String meaning) {

    private static final String REMEDY = "mend the policy's file (docs/policy-file.md lists its keys)";

    public static <T> Key<T> required(String path, ValueType<T> type, String meaning) {
        return new Key<>(path, type, Optional.empty(), meaning);
    }

    public static <T> Key<T> optional(String path, ValueType<T> type, T otherwise, String meaning) {
        return new Key<>(path, type, Optional.of(otherwise), meaning);
    }

    /** The key within its section: {@code importance-clip}. */
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The value as files write it. */
    public Object write(T value) {
        return type.writer().apply(value);
    }

    /** The typed value of a plain one found at {@code foundAt}. */
    T read(String foundAt, Object value) {
        return type.reader().apply(value).orElseThrow(() -> refusal(foundAt, show(value)));
    }

    /** The value where the file has none. */
    T absent(String foundAt) {
        return otherwise.orElseThrow(() -> refusal(foundAt, "nothing"));
    }

    /**
     * The value itself, when a file could hold it.
     *
     * @throws PolicySpecException otherwise
     */
    T require(T value) {
        return read(path, write(value));
    }

    private PolicySpecException refusal(String at, String found) {
        return PolicySpecException.of(at, type.expected(), found, REMEDY);
    }

    static String show(Object value) {
        String text = value instanceof String string ? "'" + string + "'" : value.toString();
        return text.length() <= 80 ? text : text.substring(0, 77) + "…";
    }
}
