package io.millrace.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SchemaDocsTest {

    /** What a doc of a fraction says of its unit: which, whose, or none. */
    private static final Pattern UNIT = Pattern.compile(
            "\\b(nats|log|probability|fraction|trajectories|versions|no unit|unit of the reward|own unit)\\b",
            Pattern.CASE_INSENSITIVE);

    @TestFactory
    Stream<DynamicTest> everyNamedTypeAndFieldIsDocumentedWithItsUnit() {
        Map<String, Schema> types = new LinkedHashMap<>();
        Topics.withDefaultPrefix()
                .all()
                .forEach(topic -> collect(SpecificData.get().getSchema(topic.record()), types));
        return types.values().stream().map(type -> DynamicTest.dynamicTest(type.getName(), () -> check(type)));
    }

    private static void check(Schema type) {
        assertThat(type.getDoc()).as(type.getName()).endsWith(".");
        if (type.getType() == Schema.Type.RECORD) {
            type.getFields().forEach(field -> check(type, field));
        }
    }

    private static void check(Schema record, Schema.Field field) {
        String name = record.getName() + "." + field.name();
        assertThat(field.doc()).as(name).isNotNull().endsWith(".");
        leaves(field.schema()).forEach(leaf -> {
            if (leaf.getLogicalType() != null) {
                assertThat(field.doc()).as(name).contains("milliseconds since the epoch, UTC");
            } else if (leaf.getType() == Schema.Type.FLOAT || leaf.getType() == Schema.Type.DOUBLE) {
                assertThat(field.doc()).as(name).containsPattern(UNIT);
            }
        });
    }

    /** The types that values of a field have, whatever wraps them. */
    private static Stream<Schema> leaves(Schema schema) {
        return switch (schema.getType()) {
            case UNION -> schema.getTypes().stream().flatMap(SchemaDocsTest::leaves);
            case ARRAY -> leaves(schema.getElementType());
            case MAP -> leaves(schema.getValueType());
            default -> Stream.of(schema);
        };
    }

    private static void collect(Schema schema, Map<String, Schema> types) {
        leaves(schema).forEach(leaf -> {
            boolean named = leaf.getType() == Schema.Type.RECORD || leaf.getType() == Schema.Type.ENUM;
            if (named && types.putIfAbsent(leaf.getFullName(), leaf) == null && leaf.getType() == Schema.Type.RECORD) {
                leaf.getFields().forEach(field -> collect(field.schema(), types));
            }
        });
    }
}
