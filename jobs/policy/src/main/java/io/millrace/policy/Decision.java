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
}
