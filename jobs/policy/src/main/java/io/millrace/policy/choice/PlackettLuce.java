package io.millrace.policy.choice;

import io.millrace.policy.Context;
import io.millrace.policy.UnknownActionException;
import io.millrace.policy.softmax.Softmax;

/**
 * Ordered lists without repetition: the first place by a softmax over all eligible candidates, every next one by the softmax
 * of the same logits over those left (Luce 1959; Plackett 1975).
 *
 * <p>Each place has its own greatest logit subtracted, so the probabilities stay exact where the winner of the place before
 * left all others far behind.
 */
final class PlackettLuce {

    private final Slates scratch;

    PlackettLuce(Slates scratch) {
        this.scratch = scratch;
    }

    /** Elements of all blocks of a list of {@code places} out of {@code eligible} candidates. */
    static int elements(int places, int eligible) {
        return places * eligible - places * (places - 1) / 2;
    }

    /** Opens the block of a choice's first place, at {@code at}. */
    void open(int place, int at, Context.Choice choice) {
        int count = 0;
        boolean[] eligible = choice.eligible();
        for (int k = 0; k < eligible.length; k++) {
            if (eligible[k]) {
                scratch.left[at + count++] = k;
            }
        }
        scratch.firsts[place] = at;
        scratch.counts[place] = count;
    }

    /** Opens the block of the next place behind that of {@code place}, without what was chosen there. */
    void openNext(int place) {
        int from = scratch.firsts[place];
        int count = scratch.counts[place];
        int to = from + count;
        int gone = scratch.chosen[place];
        System.arraycopy(scratch.left, from, scratch.left, to, gone);
        System.arraycopy(scratch.left, from + gone + 1, scratch.left, to + gone, count - gone - 1);
        scratch.firsts[place + 1] = to;
        scratch.counts[place + 1] = count - 1;
    }

    /**
     * Leaves the softmax probabilities of a place in its block.
     *
     * @param first of the choice's candidates among those of all choices
     * @param inverseTemperature factor of the logits
     */
    void softmax(int place, int first, float inverseTemperature) {
        int at = scratch.firsts[place];
        int count = scratch.counts[place];
        for (int j = 0; j < count; j++) {
            scratch.ofBlock[j] = scratch.logits[first + scratch.left[at + j]];
        }
        if (inverseTemperature != 1) {
            Softmax.scale(scratch.ofBlock, count, inverseTemperature);
        }
        float z = Softmax.exponentials(scratch.ofBlock, count, scratch.probabilities, at);
        Softmax.normalize(scratch.probabilities, at, count, z);
    }

    /** Records that a candidate was chosen, by its index in the choice. */
    void choose(int place, int candidate) {
        int at = scratch.firsts[place];
        for (int j = 0; j < scratch.counts[place]; j++) {
            if (scratch.left[at + j] == candidate) {
                scratch.chosen[place] = j;
                return;
            }
        }
        throw new UnknownActionException("actions: expected candidates that are eligible and different, found "
                + candidate + "; validate decisions that come from outside");
    }
}
