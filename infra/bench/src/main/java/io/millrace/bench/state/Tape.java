package io.millrace.bench.state;

import io.millrace.learner.ingest.RawRecord;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.Feature;
import io.millrace.schemas.Generation;
import io.millrace.schemas.Reward;
import io.millrace.schemas.SparseContext;
import io.millrace.schemas.wire.RecordCodec;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * The events that the join is given, each made from its position:
 *
 * <pre>
 * 0, 1              one trajectory and its reward: once it is joined, the policy is known
 * 2 … open + 1      trajectories without a reward
 * open + 2, + 3     one trajectory and its reward: once it is joined, all of those are in state
 * from there on     in turns a new trajectory, and the reward of one that was opened before, far from its neighbours
 * </pre>
 *
 * So there are always {@code open} trajectories that wait.
 */
record Tape(String policy, long open) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Prime, and no divisor of any round number: steps of it reach every trajectory before one comes again. */
    private static final long STRIDE = 7_368_787;

    private static final RecordCodec<Generation> GENERATIONS = RecordCodec.of(Generation.class);
    private static final RecordCodec<Reward> REWARDS = RecordCodec.of(Reward.class);

    Tape {
        if (open < 1 || open % STRIDE == 0) {
            throw new IllegalArgumentException(
                    "open trajectories: expected 1 or more, no multiple of " + STRIDE + ", found " + open);
        }
    }

    /** Events up to the last trajectory that stays open, and the two that tell when it is in state. */
    long filled() {
        return open + 4;
    }

    RawRecord event(long position) {
        long nowMs = System.currentTimeMillis();
        if (position < 2) {
            return position == 0 ? generation("first", position, nowMs) : reward("first", position, nowMs);
        }
        if (position < open + 2) {
            return generation(opened(position - 2), position, nowMs);
        }
        if (position < filled()) {
            return position == open + 2 ? generation("filled", position, nowMs) : reward("filled", position, nowMs);
        }
        long pair = (position - filled()) / 2;
        if ((position - filled()) % 2 == 0) {
            return generation(opened(open + pair), position, nowMs);
        }
        long among = pair % open;
        return reward(opened(pair - among + among * STRIDE % open), position, nowMs);
    }

    /** As long as the ids that a client makes. */
    private static String opened(long number) {
        return "trajectory-000000" + (1_000_000_000_000_000_000L + number);
    }

    private RawRecord generation(String id, long position, long nowMs) {
        Generation generation = Generation.newBuilder()
                .setPolicy(policy)
                .setTrajectoryId(id)
                .setStep(0)
                .setLast(true)
                .setProducedAt(Instant.ofEpochMilli(nowMs))
                .setParametersEpoch(1)
                .setParametersVersion(1)
                .setContext(new SparseContext(List.of(new Feature("user", 1f), new Feature("hour", 0.5f))))
                .setCandidates(List.of(candidate("a"), candidate("b"), candidate("c")))
                .setActions(List.of((int) (position % 3)))
                .setLogProbs(List.of((float) -Math.log(3)))
                .setReplica("bench")
                .build();
        return new RawRecord(RawRecord.Kind.GENERATION, id, GENERATIONS.encode(generation), 0, position, nowMs);
    }

    private static Candidate candidate(String id) {
        return new Candidate(id, List.of(new Feature(id, 1f)), false);
    }

    private RawRecord reward(String id, long position, long nowMs) {
        Reward reward = Reward.newBuilder()
                .setRewardId("only")
                .setPolicy(policy)
                .setTrajectoryId(id)
                .setValue((double) (position % 2))
                .setObservedAt(Instant.ofEpochMilli(nowMs))
                .setLast(true)
                .build();
        return new RawRecord(RawRecord.Kind.REWARD, id, REWARDS.encode(reward), 0, position, nowMs);
    }
}
