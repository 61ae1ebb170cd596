package io.millrace.policy.choice;

import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.parameters.GradientAccumulator;
import java.util.Arrays;
import java.util.List;

/** The backward pass: from the weights of a trajectory's places to the gradient. */
final class ChoiceBackward {

    private final ChoiceModel model;
    private final CandidateTerms terms;
    private final Mixture mixture;
    private final Slates scratch;

    ChoiceBackward(ChoiceModel model, CandidateTerms terms, Mixture mixture, Slates scratch) {
        this.model = model;
        this.terms = terms;
        this.mixture = mixture;
        this.scratch = scratch;
    }

    /** Adds the gradient of the trajectory that the forward pass has just read and that has been weighed since. */
    void add(List<Decision> decisions, double entropyBonus, GradientAccumulator out) {
        int place = 0;
        int first = 0;
        for (int d = 0; d < decisions.size(); d++) {
            Context.Choice choice = ChoiceContexts.choice(decisions.get(d).context());
            int candidates = choice.candidates().size();
            Arrays.fill(scratch.slopes, 0, candidates, 0f);
            Arrays.fill(scratch.expectedSlopes, 0, candidates, 0f);
            int end = place + decisions.get(d).actions().length;
            for (; place < end; place++) {
                addSlopes(place, first, entropyBonus);
            }
            if (model.choosesByReward()) {
                addLogitsToExpected(candidates);
            } else {
                addTerms(first, candidates, 0, scratch.slopes, out);
            }
            if (model.rewardModel()) {
                addExpected(first, candidates, out);
            }
            first += terms.entries(choice);
        }
    }

    /** A logit is γ times what is expected. */
    private void addLogitsToExpected(int candidates) {
        float sharpness = (float) model.sharpness();
        for (int k = 0; k < candidates; k++) {
            scratch.expectedSlopes[k] += sharpness * scratch.slopes[k];
        }
    }

    private void addExpected(int first, int candidates, GradientAccumulator out) {
        float ofContext = 0;
        for (int k = 0; k < candidates; k++) {
            scratch.expectedSlopes[k] *= terms.scale(first + k);
            ofContext += scratch.expectedSlopes[k];
        }
        int entries = candidates;
        if (model.knowsContext()) {
            scratch.expectedSlopes[entries++] = ofContext;
        }
        addTerms(first, entries, model.rewardTensor(), scratch.expectedSlopes, out);
    }

    /** Adds a place's slopes to those of its choice's candidates. */
    private void addSlopes(int place, int first, double entropyBonus) {
        int at = scratch.firsts[place];
        int n = scratch.counts[place];
        float[] p = scratch.probabilities;
        float[] slope = scratch.ofBlock;
        mixture.slope(p, at, n, scratch.chosen[place], scratch.weights.policy(place), slope);
        if (entropyBonus != 0) {
            mixture.addEntropySlope(p, at, n, entropyBonus, slope);
        }
        if (model.rewardModel()) {
            float[] expected = scratch.expectedOfBlock;
            for (int j = 0; j < n; j++) {
                expected[j] = scratch.expected[first + scratch.left[at + j]];
            }
            mixture.addMeanSlope(p, at, n, scratch.weights.direct(place), expected, slope);
            scratch.expectedSlopes[scratch.left[at + scratch.chosen[place]]] += scratch.weights.actionValue(place);
        }
        for (int j = 0; j < n; j++) {
            scratch.slopes[scratch.left[at + j]] += slope[j];
        }
    }

    /** Candidates without a slope, such as excluded ones, touch no row. */
    private void addTerms(int first, int candidates, int tensor, float[] slopes, GradientAccumulator out) {
        for (int k = 0; k < candidates; k++) {
            if (slopes[k] != 0) {
                terms.addGradient(first + k, slopes[k], tensor, out);
            }
        }
    }
}
