package io.millrace.schemas.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * Every schema that a record of the contract was ever released with: the resources
 * {@code io/millrace/schemas/history/<Record>/v1.avsc}, {@code v2.avsc} and so on without a gap, each self-contained.
 *
 * <p>Versions are looked up by number until one is missing, so nothing scans the class path and no index can go stale.
 */
final class SchemaHistory {

    private static final String ROOT = "/io/millrace/schemas/history/";

    private SchemaHistory() {}

    /** The released schemas of the record of that simple name, oldest first; empty when it was never released. */
    static List<Schema> versions(String record) {
        List<Schema> versions = new ArrayList<>();
        for (int version = 1; ; version++) {
            Optional<Schema> schema = read(record, version);
            if (schema.isEmpty()) {
                return List.copyOf(versions);
            }
            versions.add(schema.get());
        }
    }

    /** Path of a version inside a root of resources. */
    static String path(String record, int version) {
        return ROOT + record + "/v" + version + ".avsc";
    }

    /** Name of the record of a topic that was ever released with a schema of this fingerprint. */
    static Optional<String> recordOf(long fingerprint) {
        return Optional.ofNullable(Contract.RECORD_BY_FINGERPRINT.get(fingerprint));
    }

    private static Optional<Schema> read(String record, int version) {
        try (@Nullable InputStream resource = SchemaHistory.class.getResourceAsStream(path(record, version))) {
            return resource == null ? Optional.empty() : Optional.of(new Schema.Parser().parse(resource));
        } catch (IOException e) {
            throw new UncheckedIOException("schema history: cannot read " + path(record, version), e);
        }
    }

    /** Loaded only when bytes of a foreign schema arrive. */
    private static final class Contract {
        static final Map<Long, String> RECORD_BY_FINGERPRINT = new HashMap<>();

        static {
            for (Topic<?> topic : Topics.withDefaultPrefix().all()) {
                String record = topic.record().getSimpleName();
                for (Schema schema : versions(record)) {
                    RECORD_BY_FINGERPRINT.put(SchemaNormalization.parsingFingerprint64(schema), record);
                }
            }
        }
    }
}
