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

    /** Watches until the process is asked to end. */
    static void untilStopped(UntilStopped running, LearnerCluster learner, PrintWriter out)
            throws InterruptedException {
        JobWatch watch = new JobWatch(learner::newestFailure, out);
        while (!running.await(LOOK_EVERY)) {
            watch.look();
        }
    }

    void look() {
        try {
            Optional<JobFailure> newest = newestFailure.get();
            if (newest.isPresent() && !newest.equals(told)) {
                told = newest;
                out.println("The job restarts after a failure at "
                        + newest.get().at() + ": " + newest.get().cause());
                out.flush();
            }
        } catch (IllegalStateException e) {
            // Nobody learns less because the job could not be asked.
            LOG.warn("The job's failures are not known now", e);
        }
    }
}
