package io.millrace.bench.curves.choice;

import io.millrace.policy.Prompt;
import java.io.IOException;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import vowpalWabbit.learner.VWActionProbsLearner;
import vowpalWabbit.learner.VWLearners;
import vowpalWabbit.responses.ActionProb;

/**
 * VowpalWabbit with {@code --cb_explore_adf}, on the same features: a candidate's own (its id is one), and the product of
 * each with each shared one ({@code -q sa}). It answers with probabilities, which are sampled from here, and learns from the
 * cost −reward after every round.
 */
final class VowpalWabbitPlayer implements Player {

    private static final String FEATURES = "--quiet --cb_explore_adf -q sa -b 18 ";

    private final VWActionProbsLearner learner;
    private final SplittableRandom random;
    private String[] lines = new String[0];
    private int action;
    private float probability;

    /** @param options such as {@code --cb_type mtr --squarecb} */
    VowpalWabbitPlayer(String options, long seed) {
        this.learner = VWLearners.create(FEATURES + options);
        this.random = new SplittableRandom(seed);
    }

    @Override
    public int choose(Round round) {
        lines = lines(round.prompt());
        double rest = random.nextDouble();
        for (ActionProb candidate : learner.predict(lines).getActionProbs()) {
            action = candidate.getAction();
            probability = candidate.getProbability();
            rest -= probability;
            if (rest < 0) {
                break;
            }
        }
        return action;
    }

    @Override
    public void learn(double reward) {
        lines[action + 1] = "0:" + -reward + ":" + probability + " " + lines[action + 1];
        learner.learn(lines);
    }

    @Override
    public void close() throws IOException {
        learner.close();
    }

    /** VowpalWabbit's text format: a shared line and a line for each candidate. An empty one would be a candidate more. */
    private static String[] lines(Prompt.Choice prompt) {
        String[] lines = new String[prompt.options().size() + 1];
        lines[0] = "shared |s" + features(prompt.features());
        for (int k = 0; k < prompt.options().size(); k++) {
            Prompt.Option option = prompt.options().get(k);
            lines[k + 1] = "|a id=" + option.id() + features(option.features());
        }
        return lines;
    }

    private static String features(Map<String, Float> features) {
        var text = new StringBuilder();
        // In one order in every JVM: VowpalWabbit's steps depend on it.
        new TreeMap<>(features)
                .forEach((name, value) ->
                        text.append(' ').append(name).append(':').append(value));
        return text.toString();
    }
}
