package io.millrace.local.flink;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
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
        return run(new JobRequest("", jar, arguments, configuration, Optional.empty()));
    }

    /**
     * The same, unless a job of that name has not ended: of two learners on the same topics the newer one ends the older one,
     * and would know nothing of what that has kept.
     *
     * @throws JobRefusedException also when there is such a job; with its id, and how to go on from its state
     */
    public String submit(JobRequest request) {
        List<ClusterJob> running =
                namesakes(request).filter(job -> !job.ended()).toList();
        if (!running.isEmpty()) {
            throw new JobRefusedException("job '" + request.name() + "': expected none on " + flink
                    + " that has not ended, found " + running + ", which a second one would end for good, without its"
                    + " state; replace it with --replace, which stops it with a savepoint and goes on from that; or stop it"
                    + " so yourself (flink stop --savepointPath DIR "
                    + running.get(0).id()
                    + ") and go on with --from SAVEPOINT");
        }
        return run(request);
    }

    private String run(JobRequest request) {
        String uploaded = flink.upload(request.jar());
        String job;
        try {
            job = flink.run(uploaded, request);
        } finally {
            forget(uploaded);
        }
        return awaitRunning(job);
    }

    /**
     * Stops the job of that name with a savepoint, in the cluster's directory of them, and submits this one, which goes on
     * from it.
     *
     * @throws FlinkAwayException when no cluster answers
     * @throws JobRefusedException when there is not exactly one to stop, when it does not stop, and when this one does not
     *     come to run; then the message names the savepoint
     */
    public Replacement replace(JobRequest request) {
        ClusterJob old = only(request);
        String uploaded = flink.upload(request.jar());
        try {
            String savepoint = stop(old.id());
            return new Replacement(runFrom(savepoint, uploaded, request), old.id(), savepoint);
        } finally {
            forget(uploaded);
        }
    }

    private String runFrom(String savepoint, String uploaded, JobRequest request) {
        try {
            return awaitRunning(flink.run(uploaded, request.goingOnFrom(savepoint)));
        } catch (FlinkAwayException | JobRefusedException e) {
            throw new JobRefusedException(
                    e.getMessage() + ". The job before has stopped; to submit again and lose nothing: --from "
                            + savepoint,
                    e);
        }
    }

    private ClusterJob only(JobRequest request) {
        List<ClusterJob> found = namesakes(request).toList();
        List<ClusterJob> running = found.stream().filter(job -> !job.ended()).toList();
        if (running.size() != 1) {
            throw new JobRefusedException("job '" + request.name() + "': expected exactly one on " + flink
                    + " that has not ended and can be replaced, found " + running + ", and ended "
                    + found.stream().filter(ClusterJob::ended).toList()
                    + "; to go on from the savepoint or last checkpoint of one that has ended: --from PATH instead of"
                    + " --replace");
        }
        return running.get(0);
    }

    private Stream<ClusterJob> namesakes(JobRequest request) {
        return flink.jobs().stream().filter(job -> job.name().equals(request.name()));
    }

    private String stop(String job) {
        String stopping = flink.stop(job);
        Instant deadline = clock.instant().plus(patience);
        while (true) {
            Optional<String> savepoint = savepoint(job, stopping);
            if (savepoint.isPresent()) {
                return savepoint.get();
            }
            if (!clock.instant().isBefore(deadline)) {
                throw new JobRefusedException("job " + job + ": expected it to stop with a savepoint within "
                        + patience.toSeconds()
                        + " s, found it still at that; look at its checkpoints in Flink's web page,"
                        + " and once it has stopped go on from its savepoint with --from SAVEPOINT");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private Optional<String> savepoint(String job, String stopping) {
        try {
            return flink.savepoint(job, stopping);
        } catch (FlinkAwayException e) {
            LOG.warn("Asked again for the savepoint of job {}: {}", job, e.getMessage());
            return Optional.empty();
        } catch (JobRefusedException e) {
            throw new JobRefusedException(
                    e.getMessage() + "; nothing was submitted. If it cannot be mended, cancel the job ("
                            + flink.cancelCommand(job)
                            + ") and go on from its last checkpoint, if the cluster keeps those of cancelled jobs: --from"
                            + " CHECKPOINT",
                    e);
        }
    }

    private String awaitRunning(String job) {
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
                throw new JobRefusedException(late(job, status) + ". Job " + job
                        + " still waits, and will run when it can; cancel it with " + flink.cancelCommand(job));
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
