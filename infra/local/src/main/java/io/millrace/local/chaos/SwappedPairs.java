package io.millrace.local.chaos;

import io.millrace.local.audit.LineageTree;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.Feature;
import io.millrace.schemas.Generation;
import io.millrace.schemas.Reward;
import io.millrace.schemas.SparseContext;
import java.time.Instant;
import java.util.List;

/** Outputs with their rewards, made without a server, so that the one can be written before the other. */
final class SwappedPairs {

    private final String policy;
    private final Evidence evidence;
    private final long seed;
    private long number;

    /** One trajectory. */
    record Pair(String id, Generation generation, Reward reward) {}

    SwappedPairs(String policy, Evidence evidence, long seed) {
        this.policy = policy;
        this.evidence = evidence;
        this.seed = seed;
    }

    Pair next() {
        String id = "swapped-" + seed + "-" + number++;
        LineageTree.Head head = evidence.lineage().head();
        Instant now = Instant.now();
        Generation generation = Generation.newBuilder()
                .setPolicy(policy)
                .setTrajectoryId(id)
                .setStep(0)
                .setLast(true)
                .setProducedAt(now)
                .setParametersEpoch(head.epoch())
                .setParametersVersion(head.version())
                .setContext(new SparseContext(List.of(new Feature("user", 1f))))
                .setCandidates(List.of(candidate("a"), candidate("b")))
                .setActions(List.of(0))
                .setLogProbs(List.of((float) Math.log(0.5)))
                .setReplica("swapped")
                .build();
        Reward reward = Reward.newBuilder()
                .setRewardId("only")
                .setPolicy(policy)
                .setTrajectoryId(id)
                .setValue(1)
                .setObservedAt(now)
                .setLast(true)
                .build();
        return new Pair(id, generation, reward);
    }

    private static Candidate candidate(String id) {
        return new Candidate(id, List.of(new Feature(id, 1f)), false);
    }
}
