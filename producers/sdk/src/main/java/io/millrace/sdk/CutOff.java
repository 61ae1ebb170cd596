package io.millrace.sdk;

/**
 * The end of a trajectory whose world would go on, such as an episode at its time limit: nobody acts in it any further, but
 * it has not come to its end.
 *
 * <p>The rewards of its steps are not marked as last: that would say that nothing follows, and whichever the learner hears
 * of first counts.
 *
 * @param state what the policy would be asked next: the trajectory's id, the number of its steps so far as its step, and the
 *     input; how an output would be drawn does not matter
 */
public record CutOff(GenerationRequest state) {

    public CutOff {
        if (state.trajectoryId().isEmpty() || state.step() == 0) {
            throw new InvalidRequestException("cut-off: expected a trajectory's id and a step of 1 or more, found "
                    + (state.trajectoryId().isEmpty() ? "no id" : "step 0")
                    + "; a trajectory in which nobody has acted teaches nothing");
        }
    }

    String trajectoryId() {
        return state.trajectoryId().orElseThrow();
    }
}
