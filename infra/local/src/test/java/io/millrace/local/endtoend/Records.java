package io.millrace.local.endtoend;

import io.millrace.schemas.Candidate;
import io.millrace.schemas.Feature;
import io.millrace.schemas.Generation;
import io.millrace.schemas.PolicySpec;
import io.millrace.schemas.Reward;
import io.millrace.schemas.SparseContext;
import java.time.Instant;
import java.util.List;

/** Good records, for a test to spoil. */
final class Records {

    private Records() {}

    /** The only step of a trajectory that chose the first of two candidates. */
    static Generation.Builder generation(String policy, String trajectoryId) {
        return Generation.newBuilder()
                .setPolicy(policy)
                .setTrajectoryId(trajectoryId)
                .setStep(0)
                .setLast(true)
                .setProducedAt(Instant.now())
                .setParametersEpoch(1)
                .setParametersVersion(0)
                .setContext(new SparseContext(List.of(new Feature("user", 1f))))
                .setCandidates(List.of(candidate("a"), candidate("b")))
                .setActions(List.of(0))
                .setLogProbs(List.of((float) Math.log(0.5)))
                .setReplica("by-hand");
    }

    private static Candidate candidate(String id) {
        return new Candidate(id, List.of(new Feature(id, 1f)), false);
    }

    static Reward.Builder reward(String policy, String trajectoryId) {
        return Reward.newBuilder()
                .setRewardId("only")
                .setPolicy(policy)
                .setTrajectoryId(trajectoryId)
                .setValue(1)
                .setObservedAt(Instant.now())
                .setLast(true);
    }

    static PolicySpec specification(String policy, long revision, String text) {
        return PolicySpec.newBuilder()
                .setPolicy(policy)
                .setRevision(revision)
                .setSpecification(text)
                .setAppliedAt(Instant.now())
                .build();
    }
}
