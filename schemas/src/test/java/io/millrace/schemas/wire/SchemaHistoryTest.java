package io.millrace.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.evolved.Sighting;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaHistoryTest {

    static final List<String> INCOMPATIBLE = List.of(
            // A new field without default: the new reader misses it in old bytes.
            "[{'name': 'place', 'type': 'string'}, {'name': 'altitude', 'type': 'double'}]",
            // A dropped field without default: old readers miss it in new bytes.
            "[{'name': 'count', 'type': 'int', 'default': 1}]",
            // A widened number: old readers cannot read the new one.
            "[{'name': 'place', 'type': 'string'}, {'name': 'count', 'type': 'long', 'default': 1}]",
            // A renamed field: an alias helps the new reader only.
            "[{'name': 'location', 'aliases': ['place'], 'type': 'string'}]",
            // Another type.
            "[{'name': 'place', 'type': 'int'}]");

    static Stream<Class<?>> records() {
        return Topics.withDefaultPrefix().all().stream().map(Topic::record);
    }

    @ParameterizedTest
    @MethodSource("records")
    void newestVersionIsTheCurrentSchema(Class<?> record) {
        Schema current = SpecificData.get().getSchema(record);
        List<Schema> released = SchemaHistory.versions(record.getSimpleName());
        assertThat(SchemaRelease.isNewest(current, released))
                .as(
                        "schema of %s: expected version %d of its history to be the current schema, found another;"
                                + " if the change is meant, release it: %s",
                        record.getSimpleName(), released.size(), SchemaRelease.COMMAND)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyVersionAndTheCurrentSchemaReadEachOther(Class<?> record) {
        Schema current = SpecificData.get().getSchema(record);
        assertThatCode(() -> FullTransitive.check(current, SchemaHistory.versions(record.getSimpleName())))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("records")
    void fingerprintsOfAllVersionsLeadBackToTheirRecord(Class<?> record) {
        for (Schema version : SchemaHistory.versions(record.getSimpleName())) {
            assertThat(SchemaHistory.recordOf(SchemaNormalization.parsingFingerprint64(version)))
                    .contains(record.getSimpleName());
        }
    }

    @Test
    void versionsComeOldestFirst() {
        assertThat(SchemaHistory.versions("Sighting"))
                .extracting(schema -> schema.getField("observer") != null)
                .containsExactly(false, true);
    }

    @Test
    void recordThatWasNeverReleasedHasNoVersions() {
        assertThat(SchemaHistory.versions("Nothing")).isEmpty();
    }

    @Test
    void checkerLetsTheEvolvedRecordPass() {
        List<Schema> released = SchemaHistory.versions("Sighting");
        assertThat(released).hasSize(2);
        assertThatCode(() -> FullTransitive.check(Sighting.getClassSchema(), released))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @FieldSource("INCOMPATIBLE")
    void checkerCatchesIncompatibleEvolutions(String fields) {
        Schema evolved = new Schema.Parser()
                .parse(
                        "{'type': 'record', 'name': 'Sighting', 'namespace': 'io.millrace.schemas.evolved', 'fields': %s}"
                                .formatted(fields)
                                .replace('\'', '"'));
        assertThatThrownBy(() -> FullTransitive.check(evolved, SchemaHistory.versions("Sighting")))
                .isInstanceOf(SchemaValidationException.class);
    }
}
