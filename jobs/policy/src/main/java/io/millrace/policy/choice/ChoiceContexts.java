package io.millrace.policy.choice;

import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.FeatureHash;
import io.millrace.policy.Features;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.Prompt;
import io.millrace.policy.UnknownActionException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** From what an application gives to what a choice computes with, and the checks of both. */
final class ChoiceContexts {

    /** Bounds the products of values, so that no input can make a logit infinite. */
    private static final float MAX_VALUE = 1e6f;
    /** Bounds the work of one choice: 12 MB of terms. */
    private static final long MAX_TERMS = 1 << 20;

    private final ChoiceModel model;

    ChoiceContexts(ChoiceModel model) {
        this.model = model;
    }

    Context.Choice encode(Prompt prompt) {
        if (!(prompt instanceof Prompt.Choice choice)) {
            throw new InvalidInputException("prompt: expected candidates, found "
                    + prompt.getClass().getSimpleName() + "; give the policy candidates to choose from");
        }
        List<Features> candidates = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        boolean[] eligible = new boolean[choice.options().size()];
        Set<String> distinct = new HashSet<>();
        for (Prompt.Option option : choice.options()) {
            if (!distinct.add(option.id())) {
                throw new InvalidInputException("candidates: expected different ids, found '" + option.id()
                        + "' twice; give each candidate an id of its own");
            }
            eligible[ids.size()] = option.eligible();
            ids.add(option.id());
            candidates.add(features(option.features()));
        }
        var context =
                new Context.Choice(features(choice.features()), List.copyOf(candidates), List.copyOf(ids), eligible);
        validate(context);
        return context;
    }

    /** In the order of their hashes, so that equal prompts give equal sums, bit for bit. */
    private static Features features(Map<String, Float> named) {
        SortedMap<Long, Float> byHash = new TreeMap<>();
        named.forEach((name, value) -> byHash.merge(FeatureHash.of(name), value, Float::sum));
        long[] hashes = byHash.keySet().stream().mapToLong(Long::longValue).toArray();
        float[] values = new float[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            values[i] = byHash.getOrDefault(hashes[i], 0f);
        }
        return new Features(hashes, values);
    }

    void validate(Context.Choice choice) {
        int candidates = choice.candidates().size();
        if (candidates < 1 || candidates > model.maxCandidates()) {
            throw new InvalidInputException("candidates: expected 1 to " + model.maxCandidates() + ", found "
                    + candidates + "; offer fewer or raise model.max-candidates");
        }
        if (CandidateTerms.count(choice) > MAX_TERMS) {
            throw new InvalidInputException("candidates: expected at most " + MAX_TERMS
                    + " products of shared and own features, found " + CandidateTerms.count(choice)
                    + "; offer fewer candidates or features");
        }
        requirePlaces(choice.eligibleCandidates());
        requireValues("features", choice.shared());
        for (int k = 0; k < candidates; k++) {
            requireValues("candidates[" + k + "].features", choice.candidates().get(k));
        }
    }

    private void requirePlaces(int eligible) {
        if (eligible == 0) {
            throw new InvalidInputException(
                    "candidates: expected at least one that is not excluded, found none; offer one that may be chosen");
        }
        if ((long) model.places(eligible) * eligible > MAX_TERMS) {
            throw new InvalidInputException(
                    "candidates: expected at most " + MAX_TERMS + " of all places together, found "
                            + model.places(eligible) + " places × " + eligible
                            + "; offer fewer candidates or lower model.slate-size");
        }
    }

    /**
     * Checks that the actions are a list of the right length, of different candidates that may be chosen.
     *
     * @throws InvalidInputException otherwise
     */
    void validateActions(Context.Choice choice, Decision decision) {
        decision.requireActions(
                model.places(choice.eligibleCandidates()), choice.candidates().size());
        boolean[] left = choice.eligible().clone();
        for (int i = 0; i < decision.actions().length; i++) {
            int action = decision.actions()[i];
            if (!left[action]) {
                throw new UnknownActionException("actions[" + i + "]: expected a candidate that is "
                        + (choice.eligible()[action] ? "not in the list yet" : "not excluded") + ", found " + action
                        + " ('" + choice.ids().get(action) + "')");
            }
            left[action] = false;
        }
    }

    private static void requireValues(String where, Features features) {
        for (float value : features.values()) {
            if (!(Math.abs(value) <= MAX_VALUE)) {
                throw new InvalidInputException(
                        where + ": expected values from -1e6 to 1e6, found " + value + "; scale features to about 1");
            }
        }
    }

    static Context.Choice choice(Context context) {
        if (context instanceof Context.Choice choice) {
            return choice;
        }
        throw new InvalidInputException(
                "context: expected candidates, found " + context.getClass().getSimpleName());
    }
}
