package io.millrace.policy;

/**
 * One recorded step: what the policy was given, what it generated, and how likely that was.
 *
 * @param actions indices of what was generated
 * @param logProbs log μ of each action under the behaviour policy; as long as {@code actions}
 */
public record Decision(Context context, int[] actions, float[] logProbs) {

    public Decision {
        if (actions.length != logProbs.length) {
            throw new InvalidInputException("decision: expected as many log-probs as actions (" + actions.length
                    + "), found " + logProbs.length);
        }
    }

    /**
     * Checks that there are {@code count} actions, each from 0 to below {@code choices}.
     *
     * @throws InvalidInputException otherwise
     */
    public void requireActions(int count, int choices) {
        if (actions.length != count) {
            throw new InvalidInputException("actions: expected " + count + ", found " + actions.length);
        }
        for (int i = 0; i < count; i++) {
            if (actions[i] < 0 || actions[i] >= choices) {
                throw new UnknownActionException(
                        "actions[" + i + "]: expected an index from 0 to " + (choices - 1) + ", found " + actions[i]);
            }
        }
    }

    /**
     * Checks that every log-probability is finite and at most 0.
     *
     * @throws InvalidInputException otherwise
     */
    public void requireLogProbs() {
        for (int i = 0; i < logProbs.length; i++) {
            if (!(logProbs[i] <= 0) || Float.isInfinite(logProbs[i])) {
                throw new InvalidInputException(
                        "logProbs[" + i + "]: expected a finite number of at most 0, found " + logProbs[i]);
            }
        }
    }
}
