package io.millrace.local.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.local.house.Checkout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rules of infra/prometheus and the cases that test them. */
record RuleFile(List<JsonNode> alerts, List<JsonNode> recorded) {

    static final String DIRECTORY = "infra/prometheus";

    static RuleFile read() {
        var alerts = new ArrayList<JsonNode>();
        var recorded = new ArrayList<JsonNode>();
        for (JsonNode group : yaml(DIRECTORY + "/rules.yml").get("groups")) {
            for (JsonNode rule : group.get("rules")) {
                (rule.has("alert") ? alerts : recorded).add(rule);
            }
        }
        return new RuleFile(alerts, recorded);
    }

    static JsonNode yaml(String file) {
        try {
            return new YAMLMapper().readTree(Checkout.read(file));
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
    }

    List<String> alertNames() {
        return alerts.stream().map(rule -> rule.get("alert").asText()).toList();
    }

    Set<String> recordedNames() {
        return recorded.stream()
                .map(rule -> rule.get("record").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All that the rules read. */
    Set<String> metrics() {
        var names = new TreeSet<String>();
        alerts.forEach(rule -> names.addAll(MetricNames.in(rule.get("expr").asText())));
        recorded.forEach(rule -> names.addAll(MetricNames.in(rule.get("expr").asText())));
        return names;
    }
}
