package io.millrace.learner.control;

/** Another learner job writes a policy of this one. */
public final class LearnerFencedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LearnerFencedException(Control update, long ownEpoch) {
        super("Another learner writes policy '" + update.key() + "': expected no epoch above " + ownEpoch
                + ", this one's, found epoch " + update.epoch() + " of learner '" + update.learner()
                + "'; stop one of them, or give one a millrace.topic-prefix of its own");
    }
}
