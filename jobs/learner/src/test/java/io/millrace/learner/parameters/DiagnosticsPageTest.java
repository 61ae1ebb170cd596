package io.millrace.learner.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.LearningStats;
import io.millrace.schemas.ValueEstimate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The page of diagnostics defines every field of the statistics and no other. */
class DiagnosticsPageTest {

    /** Names in the first column of a table. */
    private static final Pattern ROW = Pattern.compile("^\\| (`[^|]+`) \\|", Pattern.MULTILINE);

    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    @Test
    void definesEveryFieldAndNoOther() throws IOException {
        String page = Files.readString(Path.of("../../docs/diagnostics.md"));

        Set<String> defined = ROW.matcher(page)
                .results()
                .flatMap(row -> NAME.matcher(row.group(1)).results())
                .map(name -> name.group(1))
                .collect(Collectors.toSet());

        Set<String> fields = Stream.of(LearningStats.getClassSchema(), ValueEstimate.getClassSchema())
                .flatMap(schema -> schema.getFields().stream())
                .map(Schema.Field::name)
                .collect(Collectors.toSet());
        assertThat(defined).isEqualTo(fields);
    }
}
