package io.millrace.policy.spec;

import java.util.List;
import java.util.Map;

/**
 * What the policy's kind needs to know: the {@code model} section, read by typed getters that name the full key when a
 * value is missing or of the wrong type. CONTRACT ONLY: to be filled in (unknown keys refused by {@link #refuseOthers}).
 */
public record ModelSpec(Map<String, Object> values) {

    public int integer(String key, int min, int max) {
        throw new UnsupportedOperationException();
    }

    public int integer(String key, int min, int max, int otherwise) {
        throw new UnsupportedOperationException();
    }

    public double number(String key, double min, double max, double otherwise) {
        throw new UnsupportedOperationException();
    }

    public boolean flag(String key, boolean otherwise) {
        throw new UnsupportedOperationException();
    }

    /** A list of strings, distinct, at least one. */
    public List<String> strings(String key) {
        throw new UnsupportedOperationException();
    }

    /** Refuses every key that is not one of {@code known}. */
    public void refuseOthers(String... known) {
        throw new UnsupportedOperationException();
    }
}
