package io.millrace.schemas.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Adds the current schema of every record to its history, as the next version, where the newest one there differs. Run it
 * in the module's directory, and commit what it writes together with the changed {@code .avsc}:
 *
 * <pre>{@value #COMMAND}</pre>
 */
public final class SchemaRelease {

    static final String COMMAND = "mvn test-compile exec:java -Dexec.classpathScope=test"
            + " -Dexec.mainClass=io.millrace.schemas.wire.SchemaRelease";

    private SchemaRelease() {}

    /** Writes below {@code src/main/resources} of the working directory, or of the first argument. */
    public static void main(String[] args) throws IOException {
        Path module = Path.of(args.length == 0 ? "" : args[0]);
        for (Topic<?> topic : Topics.withDefaultPrefix().all()) {
            release(topic.record(), module.resolve("src/main/resources"));
        }
    }

    private static void release(Class<? extends SpecificRecord> record, Path resources) throws IOException {
        Schema current = SpecificData.get().getSchema(record);
        List<Schema> versions = new ArrayList<>();
        Path next = file(resources, record, 1);
        while (Files.exists(next)) {
            versions.add(new Schema.Parser().parse(next.toFile()));
            next = file(resources, record, versions.size() + 1);
        }
        if (!isNewest(current, versions)) {
            Files.createDirectories(next.toAbsolutePath().getParent());
            Files.writeString(next, SchemaFormatter.format("json/pretty", current) + "\n");
            System.out.println("released " + next);
        }
    }

    private static Path file(Path resources, Class<?> record, int version) {
        return resources.resolve(
                SchemaHistory.path(record.getSimpleName(), version).substring(1));
    }

    /** Whether the newest version is the current schema, all but docs: same bytes and same defaults. */
    static boolean isNewest(Schema current, List<Schema> versions) {
        return !versions.isEmpty()
                && versions.get(versions.size() - 1).equals(current)
                && SchemaNormalization.parsingFingerprint64(versions.get(versions.size() - 1))
                        == SchemaNormalization.parsingFingerprint64(current);
    }
}
