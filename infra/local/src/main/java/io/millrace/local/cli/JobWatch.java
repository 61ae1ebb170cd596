package io.millrace.local.cli;

import io.millrace.local.learning.JobFailure;
import io.millrace.local.learning.LearnerCluster;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells on the terminal that the job has failed and starts anew: a job that does so all day learns little. */
final class JobWatch {

    private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Supplier<Optional<JobFailure>> newestFailure;
    private final PrintWriter out;
    private Optional<JobFailure> told = Optional.empty();

    JobWatch(Supplier<Optional<JobFailure>> newestFailure, PrintWriter out) {
        this.newestFailure = newestFailure;
        this.out = out;
    }

    /** Watches until the process is asked to end, or the job has ended for good; answers whether it was the process. */
    static boolean untilStopped(UntilStopped running, LearnerCluster learner, PrintWriter out)
            throws InterruptedException {
        JobWatch watch = new JobWatch(learner::newestFailure, out);
        while (!running.await(LOOK_EVERY)) {
            watch.look();
            if (hasEnded(learner)) {
                out.println("The job has ended, and is not started again.");
                out.flush();
                return false;
            }
        }
        return true;
    }

    private static boolean hasEnded(LearnerCluster learner) {
        try {
            return learner.hasEnded();
        } catch (IllegalStateException e) {
            LOG.warn("The job's status is not known now", e);
            return false;
        }
    }

    void look() {
        try {
            Optional<JobFailure> newest = newestFailure.get();
            if (newest.isPresent() && !newest.equals(told)) {
                told = newest;
                out.println("The job failed at " + newest.get().at() + ": "
                        + newest.get().cause());
                out.flush();
            }
        } catch (IllegalStateException e) {
            // Nobody learns less because the job could not be asked.
            LOG.warn("The job's failures are not known now", e);
        }
    }
}
