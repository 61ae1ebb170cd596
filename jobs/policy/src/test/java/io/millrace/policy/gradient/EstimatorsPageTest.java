package io.millrace.policy.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.policy.spec.BaselineSpec;
import io.millrace.policy.spec.EstimatorSpec;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.policy.spec.ReturnsSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page is written by hand; this keeps it from forgetting a name or naming a class that is gone. */
class EstimatorsPageTest {

    private static final Pattern CLASS = Pattern.compile("\\| `([A-Z][A-Za-z]+)` \\|");

    private final String page = read();

    @Test
    void namesEveryAlgorithmBaselineAndReturn() {
        Stream.of(EstimatorSpec.Algorithm.values(), BaselineSpec.Kind.values(), ReturnsSpec.Kind.values())
                .flatMap(Stream::of)
                .map(constant ->
                        ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .forEach(name -> assertThat(page).contains("`" + name + "`"));
    }

    @Test
    void namesOnlyClassesThatThereAre() {
        assertThat(CLASS.matcher(page).results().map(match -> match.group(1)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(Class.forName("io.millrace.policy.gradient." + name))
                        .isAssignableTo(Estimator.class));
    }

    /** Flow style is JSON but for the quotes. */
    @Test
    void itsExamplesAreFilesThatAreAccepted() {
        assertThat(page.lines().filter(line -> line.startsWith("estimator:")).toList())
                .hasSizeGreaterThan(3)
                .allSatisfy(line -> PolicyDefinition.parse("{\"policy\": \"p\", \"kind\": \"k\", \"model\": {}, "
                        + line.replaceAll("[a-z][a-z-]*", "\"$0\"").replace("\"true\"", "true")
                        + "}"));
    }

    private static String read() {
        try {
            return Files.readString(Path.of("../../docs/estimators.md"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
