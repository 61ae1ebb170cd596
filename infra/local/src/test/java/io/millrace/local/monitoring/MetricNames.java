package io.millrace.local.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.local.house.Checkout;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of metrics in what is written down and in what is scraped. */
final class MetricNames {

    private static final Pattern METRIC = Pattern.compile("\\b(millrace[_:]|flink_)[a-zA-Z0-9_:]+");
    private static final Pattern LABELS = Pattern.compile("\\{[^}]*}");

    private MetricNames() {}

    /** Those that a PromQL expression reads. */
    static Set<String> in(String expression) {
        return METRIC.matcher(LABELS.matcher(expression).replaceAll(""))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of the time series in Prometheus' text format. */
    static Set<String> scraped(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those that the dashboard reads. */
    static Set<String> ofDashboard() throws IOException {
        JsonNode dashboard = new JsonMapper().readTree(Checkout.read("infra/grafana/dashboards/millrace.json"));
        var names = new TreeSet<String>();
        for (JsonNode expression : dashboard.findValues("expr")) {
            names.addAll(in(expression.asText()));
        }
        for (JsonNode variable : dashboard.at("/templating/list")) {
            names.addAll(in(variable.get("definition").asText()));
        }
        return names;
    }
}
