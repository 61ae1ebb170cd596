package io.millrace.policy.choice;

import io.millrace.policy.Context;
import io.millrace.policy.Features;
import io.millrace.policy.parameters.GradientAccumulator;
import java.util.Arrays;

/**
 * The terms θ[row] · value whose sums are the candidates' logits and expected rewards, of one choice after another; reused.
 *
 * <p>A candidate's terms are its own features, its id where that counts, and the product of each of these with each shared
 * feature (the hashing trick, Weinberger et al. 2009).
 */
final class CandidateTerms {

    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;
    private static final long ID_SEED = 0x2545f4914f6cdd1dL;
    private static final long CONTEXT_SEED = 0x4cf5ad432745937fL;

    private final ChoiceModel model;
    private final int shift;

    private int[] rows = new int[256];
    private float[] values = new float[256];
    private int terms;
    /** Where the terms of each candidate end. */
    private int[] ends = new int[32];
    /** The factor of each candidate's sum in the reward model. */
    private float[] scales = new float[32];

    private int candidates;

    CandidateTerms(ChoiceModel model) {
        this.model = model;
        this.shift = Long.SIZE - model.hashBits();
    }

    void clear() {
        terms = 0;
        candidates = 0;
    }

    /** Number of candidates of all choices together, and of their contexts where the model knows them. */
    int candidates() {
        return candidates;
    }

    /** Terms that a choice would need. */
    static long count(Context.Choice choice) {
        long own = 0;
        for (Features features : choice.candidates()) {
            own += features.size() + 1L;
        }
        return own * (choice.shared().size() + 1L);
    }

    void add(Context.Choice choice) {
        for (int k = 0; k < choice.candidates().size(); k++) {
            Features own = choice.candidates().get(k);
            if (model.identity()) {
                // A string caches its hash code, and the language says how to compute it: no allocation, no ambiguity.
                addWithProducts(ID_SEED ^ choice.ids().get(k).hashCode(), 1f, choice.shared());
            }
            for (int f = 0; f < own.size(); f++) {
                addWithProducts(own.hashes()[f], own.values()[f], choice.shared());
            }
            close();
        }
        if (model.knowsContext()) {
            addContext(choice.shared());
        }
    }

    /** The context as if it were one more candidate: a constant 1 and the shared features. */
    private void addContext(Features shared) {
        addTerm(CONTEXT_SEED, 1f);
        for (int s = 0; s < shared.size(); s++) {
            addTerm(CONTEXT_SEED ^ shared.hashes()[s], shared.values()[s]);
        }
        close();
    }

    private void close() {
        if (candidates == ends.length) {
            ends = Arrays.copyOf(ends, 2 * candidates);
            scales = Arrays.copyOf(scales, 2 * candidates);
        }
        ends[candidates++] = terms;
    }

    /** Entries that a choice takes: its candidates, and behind them its context where the model knows that. */
    int entries(Context.Choice choice) {
        return choice.candidates().size() + (model.knowsContext() ? 1 : 0);
    }

    /** Prepares {@link #scale} of a choice's candidates. */
    void scale(int first, int count) {
        float ofContext = model.knowsContext() ? squares(first + count) : 0;
        for (int k = first; k < first + count; k++) {
            scales[k] = scale(squares(k) + ofContext);
        }
    }

    /** Without terms there is nothing to scale. */
    private float scale(float squares) {
        if (squares == 0) {
            return 0;
        }
        return model.choosesByReward() ? (float) (1 / Math.sqrt(squares)) : 1 / squares;
    }

    private float squares(int candidate) {
        float squares = 0;
        for (int i = start(candidate); i < ends[candidate]; i++) {
            squares += values[i] * values[i];
        }
        return squares;
    }

    private void addWithProducts(long hash, float value, Features shared) {
        addTerm(hash, value);
        if (model.interactions()) {
            for (int s = 0; s < shared.size(); s++) {
                addTerm(Long.rotateLeft(hash, 29) * MULTIPLIER + shared.hashes()[s], value * shared.values()[s]);
            }
        }
    }

    private void addTerm(long hash, float value) {
        if (terms == rows.length) {
            rows = Arrays.copyOf(rows, 2 * terms);
            values = Arrays.copyOf(values, 2 * terms);
        }
        rows[terms] = (int) (mix(hash) >>> shift);
        values[terms++] = value;
    }

    /**
     * The logit of a candidate, counted over all choices, or what the reward model expects of it.
     *
     * @param tensor where in θ the weights of the one or the other begin
     */
    float sum(float[] theta, int tensor, int candidate) {
        float sum = 0;
        for (int i = start(candidate); i < ends[candidate]; i++) {
            sum += theta[tensor + rows[i]] * values[i];
        }
        return sum;
    }

    /** Adds slope · ∂(the candidate's sum) to the gradient. */
    void addGradient(int candidate, float slope, int tensor, GradientAccumulator out) {
        float[] gradient = out.values();
        for (int i = start(candidate); i < ends[candidate]; i++) {
            int row = tensor + rows[i];
            out.touch(row);
            gradient[row] += slope * values[i];
        }
    }

    /** What the reward model multiplies the sum of a candidate and its context by: see {@link ChoicePolicy}. */
    float scale(int candidate) {
        return scales[candidate];
    }

    int start(int candidate) {
        return candidate == 0 ? 0 : ends[candidate - 1];
    }

    int end(int candidate) {
        return ends[candidate];
    }

    int row(int term) {
        return rows[term];
    }

    float value(int term) {
        return values[term];
    }

    /** Stafford's variant 13 of the finalizer of MurmurHash3: every bit of the argument moves every bit of the result. */
    private static long mix(long z) {
        long y = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        y = (y ^ (y >>> 27)) * 0x94d049bb133111ebL;
        return y ^ (y >>> 31);
    }
}
