package io.millrace.policy.spec;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** A part of a policy's file: plain values by name, and where in the file they are. */
record Section(String path, Map<String, Object> values) {

    <T> T get(Key<T> key) {
        Object value = values.get(key.name());
        return value == null ? key.absent(at(key.name())) : key.read(at(key.name()), value);
    }

    /** The section of that name; an absent one is empty. */
    Section section(String name) {
        Object value = values.getOrDefault(name, Map.of());
        if (!(value instanceof Map<?, ?>)) {
            throw PolicySpecException.of(at(name), "a section of keys", Key.show(value), "indent its keys under it");
        }
        return new Section(at(name), PlainJson.object(value));
    }

    Set<String> names() {
        return values.keySet();
    }

    /** Refuses every key that is not one of {@code known}. */
    void refuseOthers(Collection<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw PolicySpecException.of(
                        at(name), "one of the keys " + known, "an unknown key", "mend its name or remove it");
            }
        }
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
