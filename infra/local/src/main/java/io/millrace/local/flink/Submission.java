package io.millrace.local.flink;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a job to a Flink cluster and waits until all of it runs. */
public final class Submission {

    private static final Logger LOG = LoggerFactory.getLogger(Submission.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final FlinkRest flink;
    private final Duration patience;
    private final InstantSource clock;

    /** {@code patience}: longest wait until it runs. */
    public Submission(FlinkRest flink, Duration patience, InstantSource clock) {
        this.flink = flink;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Uploads the jar, runs it and returns the job's id when every task runs.
     *
     * @param arguments of the jar's main class
     * @param configuration of Flink for this job
     * @throws FlinkAwayException when no cluster answers
     * @throws JobRefusedException when the job does not come to run; with the first cause. It is not cancelled: where slots
     *     are missing, it will run when there are some
     */
    public String submit(Path jar, List<String> arguments, Map<String, String> configuration) {
        String uploaded = flink.upload(jar);
        String job;
        try {
            job = flink.run(uploaded, arguments, configuration);
        } finally {
            forget(uploaded);
        }
        Instant deadline = clock.instant().plus(patience);
        while (true) {
            JobStatus status = flink.status(job);
            if (status.runs()) {
                return job;
            }
            if (status.ended()) {
                throw new JobRefusedException("job " + job + ": expected it to run, found it " + status.state() + ": "
                        + flink.newestFailure(job).orElse("no reason given"));
            }
            if (!clock.instant().isBefore(deadline)) {
                throw new JobRefusedException(late(job, status));
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private String late(String job, JobStatus status) {
        String expected = "job " + job + ": expected it to run within " + patience.toSeconds() + " s, found ";
        ClusterOverview cluster = flink.overview();
        if (status.waitsForSlots() && cluster.slotsAvailable() == 0) {
            return expected + "no free slot (" + cluster.slotsTotal() + " in " + cluster.taskManagers()
                    + " TaskManagers); start more TaskManagers, or submit with a lower --parallelism";
        }
        return expected + "its tasks " + status.tasks()
                + flink.newestFailure(job).map(cause -> ": " + cause).orElse("");
    }

    private void forget(String jar) {
        try {
            flink.delete(jar);
        } catch (FlinkAwayException | JobRefusedException e) {
            LOG.warn("The uploaded jar stays on the cluster: {}", e.getMessage());
        }
    }
}
