package io.millrace.policy;

import io.millrace.policy.spec.Key;
import io.millrace.policy.spec.PolicyDefinition;
import java.util.List;
import java.util.ServiceLoader;

/** The reference page of the policy file, written from the declarations of its keys. */
public final class PolicyFileReference {

    private static final String INTRODUCTION = """
            # The policy file

            A policy is described by one file. `millrace policy apply -f FILE` reads it as YAML, checks it and puts it on the
            policies topic; the learner and every server follow it from there. A file with an unknown key, a missing one or
            an impossible value is refused, and the message names the key in full.

            Durations are a whole number and a unit: `20ms`, `2s`, `10m`, `1h`, `7d`. This page is generated from the code.

            ```yaml
            policy: pick
            kind: choice
            model: { hash-bits: 18 }
            estimator: { baseline: mean, importance-clip: 2.0 }
            optimizer: { kind: adagrad, learning-rate: 0.1 }
            join: { reward-window: 10m, metrics: { click: { aggregation: max, weight: 1.0 } }, clip: [0, 1] }
            ```
            """;

    private PolicyFileReference() {}

    /** The page, in Markdown. */
    public static String markdown() {
        var page = new StringBuilder(INTRODUCTION);
        table(page, "Keys", PolicyDefinition.keys());
        ServiceLoader.load(PolicyFactory.class, PolicyFileReference.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted((a, b) -> a.kind().compareTo(b.kind()))
                .forEach(factory -> {
                    page.append("\n## Kind `")
                            .append(factory.kind())
                            .append("`\n\n")
                            .append(factory.summary());
                    page.append('\n');
                    rows(page, factory.modelKeys());
                });
        return page.toString();
    }

    private static void table(StringBuilder page, String title, List<Key<?>> keys) {
        page.append("\n## ").append(title).append('\n');
        rows(page, keys);
    }

    private static void rows(StringBuilder page, List<Key<?>> keys) {
        page.append("\n| key | holds | default | meaning |\n|---|---|---|---|\n");
        for (Key<?> key : keys) {
            page.append("| `")
                    .append(key.path())
                    .append("` | ")
                    .append(key.type().expected());
            page.append(" | ").append(defaultOf(key));
            page.append(" | ").append(key.meaning()).append(" |\n");
        }
    }

    private static <T> String defaultOf(Key<T> key) {
        return key.otherwise().map(value -> "`" + key.write(value) + "`").orElse("required");
    }
}
