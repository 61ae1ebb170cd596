package io.millrace.local.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.millrace.local.admin.PolicyFile;
import io.millrace.local.cli.CommandLines;
import io.millrace.local.system.BundledPolicies;
import io.millrace.policy.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README says must exist: its commands parse, its classes, modules and links are there. */
final class ReadmeTest {

    private static final Path ROOT = Checkout.ROOT;
    private static final Pattern COMMAND = Pattern.compile("^ {4}\\./millrace(.*)$", Pattern.MULTILINE);
    private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z][a-zA-Z0-9]*[a-z][a-zA-Z0-9]*)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    private static final Pattern POLICY_FILE = Pattern.compile("(examples/[a-z0-9-]+\\.yaml)");

    private final String readme = Checkout.read("README.md");

    @Test
    void itsCommandsParse() {
        // Those of "bench" are parsed by a test of that module, which knows them.
        List<String> commands = matches(COMMAND).stream()
                .filter(command -> !command.startsWith(" bench "))
                .toList();

        assertThat(commands).hasSizeGreaterThan(10);
        assertThat(commands)
                .allSatisfy(command -> assertThatCode(() -> CommandLines.parse(command.strip()))
                        .as("./millrace%s", command)
                        .doesNotThrowAnyException());
    }

    @Test
    void itsClassesExist() throws IOException {
        Set<String> sources = sourceNames();

        assertThat(matches(CLASS_NAME))
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(sources).contains(name));
    }

    @Test
    void itsLinksLeadSomewhere() {
        assertThat(matches(LINK))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
    }

    @Test
    void itsPolicyFilesCanBeApplied() {
        assertThat(matches(POLICY_FILE))
                .contains("examples/shop.yaml", "examples/shop-2.yaml", "examples/bandit.yaml")
                .allSatisfy(file -> assertThatCode(() -> Policies.create(PolicyFile.read(ROOT.resolve(file))))
                        .as(file)
                        .doesNotThrowAnyException());
        assertThat(PolicyFile.read(ROOT.resolve("examples/bandit.yaml")))
                .isEqualTo(BundledPolicies.forWorld("bandit", 7));
    }

    @Test
    void itNamesEveryModule() {
        List<String> modules = MODULE.matcher(Checkout.read("pom.xml"))
                .results()
                .map(result -> result.group(1))
                .toList();

        assertThat(modules)
                .hasSizeGreaterThan(3)
                .allSatisfy(module -> assertThat(readme).contains("| `" + module + "` |"));
    }

    @Test
    void itShowsTheTwoCommandsFirst() {
        int demo = readme.indexOf("    ./millrace demo\n");
        int verify = readme.indexOf("    mvn verify\n");

        assertThat(demo).isPositive();
        assertThat(verify).isBetween(demo, readme.indexOf("\n## "));
    }

    private List<String> matches(Pattern pattern) {
        return pattern.matcher(readme)
                .results()
                .map((MatchResult result) -> result.group(1))
                .distinct()
                .toList();
    }

    /** Of Java sources and Avro records in the whole house. */
    private static Set<String> sourceNames() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(path -> !path.toString().contains("/target/"))
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".java") || name.endsWith(".avsc"))
                    .map(name -> name.substring(0, name.lastIndexOf('.')))
                    .collect(Collectors.toSet());
        }
    }
}
