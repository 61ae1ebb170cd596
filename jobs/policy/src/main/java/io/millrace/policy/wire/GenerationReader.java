package io.millrace.policy.wire;

import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Features;
import io.millrace.policy.InvalidInputException;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.DenseContext;
import io.millrace.schemas.Generation;
import io.millrace.schemas.SparseContext;
import io.millrace.schemas.TokenContext;
import java.util.ArrayList;
import java.util.List;

/** From the wire's Generation to a Decision. */
public final class GenerationReader {

    private GenerationReader() {}

    /**
     * The decision that a generation records; feature names are hashed. A demonstration's log-probabilities may be missing.
     *
     * @throws InvalidInputException when lengths differ or a number is not finite
     */
    public static Decision decision(Generation generation) {
        int[] actions = ints(generation.getActions());
        float[] logProbs =
                generation.getDemonstrated() && generation.getLogProbs().isEmpty()
                        ? new float[actions.length]
                        : finite("logProbs", generation.getLogProbs());
        return new Decision(context(generation), actions, logProbs);
    }

    private static Context context(Generation generation) {
        Object context = generation.getContext();
        if (context instanceof SparseContext sparse) {
            return choice(sparse, generation.getCandidates());
        }
        if (!generation.getCandidates().isEmpty()) {
            throw new InvalidInputException("candidates: expected none with this context, found "
                    + generation.getCandidates().size() + "; only choices of a sparse context have candidates");
        }
        if (context instanceof TokenContext tokens) {
            return new Context.Tokens(ints(tokens.getTokens()));
        }
        if (context instanceof DenseContext dense) {
            return new Context.Dense(finite("context", dense.getValues()));
        }
        throw new InvalidInputException("context: expected a sparse, dense or token context, found " + context);
    }

    private static Context.Choice choice(SparseContext shared, List<Candidate> candidates) {
        List<Features> features = new ArrayList<>(candidates.size());
        List<String> ids = new ArrayList<>(candidates.size());
        boolean[] eligible = new boolean[candidates.size()];
        for (Candidate candidate : candidates) {
            features.add(WireFeatures.read("candidates[" + ids.size() + "].features", candidate.getFeatures()));
            eligible[ids.size()] = !candidate.getExcluded();
            ids.add(candidate.getId());
        }
        return new Context.Choice(WireFeatures.read("features", shared.getFeatures()), features, ids, eligible);
    }

    private static int[] ints(List<Integer> list) {
        int[] values = new int[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i);
        }
        return values;
    }

    private static float[] finite(String where, List<Float> list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = WireFeatures.requireFinite(where, i, list.get(i));
        }
        return values;
    }
}
