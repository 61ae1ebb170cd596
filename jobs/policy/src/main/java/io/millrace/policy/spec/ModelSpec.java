package io.millrace.policy.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the policy's kind needs to know: the {@code model} section, read by the keys that the kind declares.
 *
 * @param values plain values: String, Number, Boolean, List, Map
 */
public record ModelSpec(Map<String, Object> values) {

    /** Most floats that θ may have: 256 MB, so that no file can exhaust the memory of those who follow it. */
    public static final int MAX_PARAMETERS = 64 << 20;

    public ModelSpec {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * The value of a key, or its default.
     *
     * @param key with a path that starts with {@code model.}
     * @throws PolicySpecException naming the full key when the value is missing or impossible
     */
    public <T> T get(Key<T> key) {
        return section().get(key);
    }

    /** Refuses every key that is not one of {@code known}. */
    public void refuseOthers(List<Key<?>> known) {
        List<String> names = new ArrayList<>();
        known.forEach(key -> names.add(key.name()));
        section().refuseOthers(names);
    }

    /**
     * Checks the size of θ.
     *
     * @param keys what the size follows from, for the message
     */
    public static int requireSize(long rows, long columns, String keys) {
        if (rows * columns > MAX_PARAMETERS) {
            throw PolicySpecException.of(
                    keys,
                    "at most " + MAX_PARAMETERS + " parameters",
                    rows + " × " + columns,
                    "choose fewer rows or columns");
        }
        return (int) (rows * columns);
    }

    private Section section() {
        return new Section("model", values);
    }
}
