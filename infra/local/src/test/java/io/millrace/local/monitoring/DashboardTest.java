package io.millrace.local.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.local.house.Checkout;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What Grafana would only show as an empty or overlapping panel. */
final class DashboardTest {

    private static final int COLUMNS = 24;

    @Test
    void itsPanelsFitSideBySideAndEachAsksItsDataSourceSomething() throws Exception {
        JsonNode dashboard = new JsonMapper().readTree(Checkout.read("infra/grafana/dashboards/millrace.json"));
        String source = RuleFile.yaml("infra/grafana/provisioning/datasources/prometheus.yml")
                .at("/datasources/0/uid")
                .asText();
        Set<String> taken = new HashSet<>();
        Set<Integer> ids = new HashSet<>();

        assertThat(dashboard.get("panels")).hasSizeGreaterThan(5).allSatisfy(panel -> {
            assertThat(ids.add(panel.get("id").asInt())).isTrue();
            assertThat(panel.get("title").asText()).isNotBlank();
            assertThat(panel.get("description").asText()).isNotBlank();
            assertThat(panel.get("targets")).isNotEmpty().allSatisfy(target -> {
                assertThat(target.get("expr").asText()).isNotBlank();
                assertThat(target.at("/datasource/uid").asText()).isEqualTo(source);
            });
            JsonNode place = panel.get("gridPos");
            int left = place.get("x").asInt();
            assertThat(left + place.get("w").asInt()).isLessThanOrEqualTo(COLUMNS);
            for (int x = left; x < left + place.get("w").asInt(); x++) {
                for (int y = 0; y < place.get("h").asInt(); y++) {
                    assertThat(taken.add(x + "," + (place.get("y").asInt() + y)))
                            .as(
                                    "panel '%s' overlaps another",
                                    panel.get("title").asText())
                            .isTrue();
                }
            }
        });
    }
}
