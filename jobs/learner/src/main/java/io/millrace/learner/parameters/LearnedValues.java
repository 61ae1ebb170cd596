package io.millrace.learner.parameters;

import io.millrace.learner.gradient.BatchTotals;
import io.millrace.policy.value.ValueSums;
import io.millrace.schemas.ValueEstimate;
import io.millrace.schemas.ValueEstimator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Counterfactual values of one policy over what it has learned lately. The host keeps its numbers in keyed state. */
final class LearnedValues {

    private final Map<String, ValueSums> byTarget = new TreeMap<>();

    void learn(BatchTotals totals) {
        byTarget.values().forEach(sums -> sums.forget(totals.trajectories));
        totals.values.forEach((target, sums) ->
                byTarget.computeIfAbsent(target, name -> new ValueSums()).add(sums));
    }

    List<ValueEstimate> records() {
        List<ValueEstimate> records = new ArrayList<>();
        byTarget.forEach((target, sums) -> sums.estimates()
                .forEach(estimate -> records.add(ValueEstimate.newBuilder()
                        .setTarget(target)
                        .setEstimator(ValueEstimator.valueOf(estimate.method().name()))
                        .setValue(estimate.value())
                        .setLower(estimate.lower())
                        .setUpper(estimate.upper())
                        .setEffectiveSampleSize(estimate.effectiveSampleSize())
                        .build())));
        return records;
    }

    void write(BiConsumer<String, double[]> out) {
        byTarget.forEach((target, sums) -> out.accept(target, sums.toArray()));
    }

    void read(String target, double[] sums) {
        byTarget.put(target, new ValueSums(sums));
    }
}
