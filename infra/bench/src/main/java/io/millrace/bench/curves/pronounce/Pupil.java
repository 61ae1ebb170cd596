package io.millrace.bench.curves.pronounce;

import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.simulator.pronounce.PronounceWorld.Pronounced;
import java.util.List;

/** Somebody who learns to pronounce, first from demonstrations, then from listeners' scores. */
interface Pupil {

    /** Goes on by another definition of the same model, such as with another learning rate; the optimizer keeps its moments. */
    void goOnBy(PolicyDefinition definition) throws InterruptedException;

    /** Follows every demonstration once, in an order drawn anew; what does not fill a batch is left out. */
    void demonstrate(List<Pronounced> demonstrations) throws InterruptedException;

    /**
     * Asks for at least so many outputs, batch after batch, and learns from their scores, compared within groups of outputs of
     * one word.
     *
     * @param imitated of each batch, how many are no new outputs but {@link Praised} ones, shown again
     * @return how many were asked for
     */
    long listen(long trajectories, int imitated) throws InterruptedException;

    /** Share of the held-out words whose likeliest pronunciation is not the right one. */
    double wordError();

    /** Edits a phoneme of the held-out words' right pronunciations. */
    double phonemeError();
}
