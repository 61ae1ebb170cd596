package io.millrace.local.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.cli.CommandLines;
import io.millrace.local.house.Checkout;
import io.millrace.local.house.OutsideTool;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every alert is tested, and somebody who is woken by it finds what to do. */
final class AlertsTest {

    private static final Path DIRECTORY = Checkout.ROOT.resolve(RuleFile.DIRECTORY);
    private static final Pattern COMMAND = Pattern.compile("`?\\./millrace( [^`\\n]*)", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    private final RuleFile rules = RuleFile.read();
    private final String runbook = Checkout.read("docs/runbook.md");

    @Test
    void promtoolFindsTheFilesValidAndTheCasesTrue() throws Exception {
        OutsideTool promtool = OutsideTool.require("promtool");

        assertThat(promtool.run(DIRECTORY, "check", "config", "prometheus.yml")).contains("SUCCESS");
        assertThat(promtool.run(DIRECTORY, "check", "config", "prometheus-local.yml"))
                .contains("SUCCESS");
        assertThat(promtool.run(DIRECTORY, "test", "rules", "rules-test.yml")).contains("SUCCESS");
    }

    @Test
    void eachHasACaseInWhichItFiresAndOneInWhichItDoesNot() {
        Set<String> fires = new TreeSet<>();
        Set<String> keepsQuiet = new TreeSet<>();
        for (JsonNode test :
                RuleFile.yaml(RuleFile.DIRECTORY + "/rules-test.yml").get("tests")) {
            for (JsonNode rule : test.path("alert_rule_test")) {
                (rule.get("exp_alerts").isEmpty() ? keepsQuiet : fires)
                        .add(rule.get("alertname").asText());
            }
        }

        assertThat(rules.alertNames()).hasSizeGreaterThan(6).doesNotHaveDuplicates();
        assertThat(fires).containsExactlyInAnyOrderElementsOf(rules.alertNames());
        assertThat(keepsQuiet).containsExactlyInAnyOrderElementsOf(rules.alertNames());
    }

    @Test
    void eachHasASectionOfTheRunbookAndTheRunbookNoOther() {
        List<String> sections = runbook.lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();

        assertThat(sections).containsExactlyElementsOf(rules.alertNames());
        assertThat(rules.alerts())
                .allSatisfy(
                        rule -> assertThat(rule.at("/annotations/runbook_url").asText())
                                .isEqualTo("docs/runbook.md#"
                                        + rule.get("alert").asText().toLowerCase(Locale.ROOT)));
        assertThat(runbook.split("\n## ", -1))
                .allSatisfy(section -> assertThat(section)
                        .satisfiesAnyOf(
                                text -> assertThat(text).startsWith("# Runbook"),
                                text -> assertThat(text).contains("**Means**", "**See**", "**Do**")));
    }

    @Test
    void theRunbooksCommandsParseAndItsLinksLeadSomewhere() {
        assertThat(COMMAND.matcher(runbook).results().map(result -> result.group(1)))
                .hasSizeGreaterThan(5)
                .allSatisfy(command -> assertThatCode(() -> CommandLines.parse(command.strip()))
                        .as("./millrace%s", command)
                        .doesNotThrowAnyException());
        assertThat(LINK.matcher(runbook).results().map(result -> result.group(1)))
                .allSatisfy(link ->
                        assertThat(Checkout.ROOT.resolve("docs").resolve(link)).exists());
    }

    @Test
    void theObjectiveAndAllElseThatIsRecordedIsUsed() throws Exception {
        Set<String> used = new TreeSet<>(rules.metrics());
        used.addAll(MetricNames.ofDashboard());

        assertThat(used).containsAll(rules.recordedNames());
    }
}
