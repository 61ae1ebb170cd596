package io.millrace.policy.wire;

import io.millrace.policy.Context;
import io.millrace.policy.Generated;
import io.millrace.policy.Prompt;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.DenseContext;
import io.millrace.schemas.Generation;
import io.millrace.schemas.SparseContext;
import io.millrace.schemas.TokenContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** From what was generated to the wire's Generation. */
public final class GenerationWriter {

    private GenerationWriter() {}

    /**
     * Sets context, candidates, actions and logProbs of the record; the caller sets the rest.
     *
     * @param context what the policy made of {@code prompt}
     */
    public static void write(Prompt prompt, Context context, Generated generated, Generation.Builder record) {
        List<Integer> actions = new ArrayList<>(generated.length());
        List<Float> logProbs = new ArrayList<>(generated.length());
        for (int i = 0; i < generated.length(); i++) {
            actions.add(generated.action(i));
            logProbs.add(generated.logProb(i));
        }
        write(prompt, context, actions, logProbs, record);
    }

    /** The same of what somebody demonstrated: there is no behaviour policy, and its log-probs are 0. */
    public static void writeDemonstration(Prompt prompt, Context context, int[] actions, Generation.Builder record) {
        write(prompt, context, list(actions), Collections.nCopies(actions.length, 0f), record);
        record.setDemonstrated(true);
    }

    /** The same of a state in which nobody acted: the one that a trajectory is cut off in. */
    public static void writeCutOff(Prompt prompt, Context context, Generation.Builder record) {
        write(prompt, context, List.of(), List.of(), record);
        record.setLast(true);
    }

    private static void write(
            Prompt prompt, Context context, List<Integer> actions, List<Float> logProbs, Generation.Builder record) {
        record.setContext(context(prompt, context))
                .setCandidates(candidates(prompt))
                .setActions(actions)
                .setLogProbs(logProbs);
    }

    private static Object context(Prompt prompt, Context context) {
        if (context instanceof Context.Tokens tokens) {
            return new TokenContext(list(tokens.tokens()));
        }
        if (context instanceof Context.Dense dense) {
            return new DenseContext(list(dense.values()));
        }
        return new SparseContext(WireFeatures.write(choice(prompt).features()));
    }

    private static List<Candidate> candidates(Prompt prompt) {
        if (!(prompt instanceof Prompt.Choice choice)) {
            return List.of();
        }
        List<Candidate> candidates = new ArrayList<>(choice.options().size());
        for (Prompt.Option option : choice.options()) {
            candidates.add(new Candidate(option.id(), WireFeatures.write(option.features()), !option.eligible()));
        }
        return candidates;
    }

    /** A choice is written by the names of its features, which its context has only hashes of. */
    private static Prompt.Choice choice(Prompt prompt) {
        if (prompt instanceof Prompt.Choice choice) {
            return choice;
        }
        throw new IllegalArgumentException(
                "generation: expected the prompt of a choice context to be a choice, found " + prompt.getClass());
    }

    private static List<Integer> list(int[] values) {
        List<Integer> list = new ArrayList<>(values.length);
        for (int value : values) {
            list.add(value);
        }
        return list;
    }

    private static List<Float> list(float[] values) {
        List<Float> list = new ArrayList<>(values.length);
        for (float value : values) {
            list.add(value);
        }
        return list;
    }
}
