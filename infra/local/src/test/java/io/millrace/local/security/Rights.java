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
        ROW.matcher(Checkout.read("docs/kafka-security.md")).results().forEach(row -> {
            for (String operation : row.group(4).split(", ", -1)) {
                bindings.add(new AclBinding(
                        resource(row.group(2), row.group(3)),
                        new AccessControlEntry(
                                "User:" + row.group(1),
                                "*",
                                AclOperation.fromString(snake(operation)),
                                AclPermissionType.ALLOW)));
            }
        });
        return new Rights(bindings);
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
