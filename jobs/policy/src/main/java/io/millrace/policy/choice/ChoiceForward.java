package io.millrace.policy.choice;

import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import java.util.List;

/** The forward pass: what θ says of candidates, and of the lists that were recorded. */
final class ChoiceForward {

    private final ChoiceModel model;
    private final CandidateTerms terms;
    private final Mixture mixture;
    private final PlackettLuce slate;
    private final Slates scratch;

    ChoiceForward(ChoiceModel model, CandidateTerms terms, Mixture mixture, PlackettLuce slate, Slates scratch) {
        this.model = model;
        this.terms = terms;
        this.mixture = mixture;
        this.slate = slate;
        this.scratch = scratch;
    }

    /** Leaves the logits of a choice's candidates in the scratch space, with room for its places. */
    void read(float[] theta, Context.Choice choice) {
        terms.clear();
        terms.add(choice);
        int eligible = choice.eligibleCandidates();
        int places = model.places(eligible);
        scratch.reserve(terms.candidates(), places, PlackettLuce.elements(places, eligible));
        if (model.choosesByReward()) {
            addUp(theta, 0, scratch.expected);
            expect(0, choice.candidates().size());
        } else {
            addUp(theta, 0, scratch.logits);
        }
    }

    /** Scores all places of a trajectory's lists into the scratch space. */
    void read(float[] theta, List<Decision> decisions) {
        terms.clear();
        int places = 0;
        int elements = 0;
        for (int d = 0; d < decisions.size(); d++) {
            Context.Choice choice = ChoiceContexts.choice(decisions.get(d).context());
            int length = decisions.get(d).actions().length;
            terms.add(choice);
            places += length;
            elements += PlackettLuce.elements(length, choice.eligibleCandidates());
        }
        scratch.reserve(terms.candidates(), places, elements);
        if (!model.choosesByReward()) {
            addUp(theta, 0, scratch.logits);
        }
        if (model.rewardModel()) {
            addUp(theta, model.rewardTensor(), scratch.expected);
        }
        scratch.scores.reset(places);
        score(decisions);
    }

    private void addUp(float[] theta, int tensor, float[] sums) {
        for (int k = 0; k < terms.candidates(); k++) {
            sums[k] = terms.sum(theta, tensor, k);
        }
    }

    private void score(List<Decision> decisions) {
        int place = 0;
        int first = 0;
        int at = 0;
        for (int d = 0; d < decisions.size(); d++) {
            Context.Choice choice = ChoiceContexts.choice(decisions.get(d).context());
            int[] actions = decisions.get(d).actions();
            if (model.rewardModel()) {
                expect(first, choice.candidates().size());
            }
            for (int i = 0; i < actions.length; i++, place++) {
                if (i == 0) {
                    slate.open(place, at, choice);
                } else {
                    slate.openNext(place - 1);
                }
                slate.choose(place, actions[i]);
                slate.softmax(place, first, 1f);
                score(place, first);
                at = scratch.firsts[place] + scratch.counts[place];
            }
            first += terms.entries(choice);
        }
    }

    /** From the sums of a choice's candidates and context to what is expected of the candidates, and to their logits. */
    private void expect(int first, int candidates) {
        terms.scale(first, candidates);
        float ofContext = model.knowsContext() ? scratch.expected[first + candidates] : 0;
        for (int k = first; k < first + candidates; k++) {
            scratch.expected[k] = (scratch.expected[k] + ofContext) * terms.scale(k);
        }
        if (model.choosesByReward()) {
            float sharpness = (float) model.sharpness();
            for (int k = first; k < first + candidates; k++) {
                scratch.logits[k] = sharpness * scratch.expected[k];
            }
        }
    }

    private void score(int place, int first) {
        int at = scratch.firsts[place];
        int n = scratch.counts[place];
        int chosen = scratch.chosen[place];
        float[] p = scratch.probabilities;
        scratch.scores.set(place, mixture.logProb(p, at, n, chosen), (float) mixture.entropy(p, at, n));
        if (model.rewardModel()) {
            float[] expected = scratch.expectedOfBlock;
            for (int j = 0; j < n; j++) {
                expected[j] = scratch.expected[first + scratch.left[at + j]];
            }
            scratch.scores.setActionValue(place, expected[chosen], (float) mixture.mean(p, at, n, expected));
            scratch.scores.setUniform(place, (float) -Math.log(n), (float) mean(expected, n));
        }
    }

    private static double mean(float[] values, int n) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
            sum += values[k];
        }
        return sum / n;
    }
}
