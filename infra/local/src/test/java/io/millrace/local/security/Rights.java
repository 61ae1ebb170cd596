package io.millrace.local.security;

import io.millrace.local.house.Checkout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The table of docs/kafka-security.md. */
record Rights(List<AclBinding> bindings) {

    private static final Pattern ROW = Pattern.compile(
            "^\\| ([a-z]+) \\| (Topic|Group|TransactionalId) \\| `([^`]+)` \\| ([A-Za-z, ]+) \\|$", Pattern.MULTILINE);

    static Rights documented() {
        var bindings = new ArrayList<AclBinding>();
        ROW.matcher(Checkout.read("docs/kafka-security.md"))
                .results()
                .forEach(row -> bindings.addAll(bindings(
                        row.group(1),
                        row.group(2),
                        row.group(3),
                        List.of(row.group(4).split(", ", -1)))));
        return new Rights(bindings);
    }

    /** Of one part on one resource; a name that ends with {@code *} is a prefix. */
    static List<AclBinding> bindings(String part, String type, String name, List<String> operations) {
        return operations.stream()
                .map(operation -> new AclBinding(
                        resource(type, name),
                        new AccessControlEntry(
                                "User:" + part,
                                "*",
                                AclOperation.fromString(snake(operation)),
                                AclPermissionType.ALLOW)))
                .toList();
    }

    /** Topics that a part may write. */
    Set<String> writableBy(String part) {
        return bindings.stream()
                .filter(binding -> binding.entry().principal().equals("User:" + part))
                .filter(binding -> binding.entry().operation() == AclOperation.WRITE)
                .filter(binding -> binding.pattern().resourceType() == ResourceType.TOPIC)
                .map(binding -> binding.pattern().name())
                .collect(Collectors.toSet());
    }

    private static ResourcePattern resource(String type, String name) {
        boolean prefix = name.endsWith("*");
        return new ResourcePattern(
                ResourceType.fromString(snake(type)),
                prefix ? name.substring(0, name.length() - 1) : name,
                prefix ? PatternType.PREFIXED : PatternType.LITERAL);
    }

    private static String snake(String camel) {
        return camel.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }
}
