package io.millrace.learner.join;

import io.millrace.learner.control.PolicyCatalog;
import io.millrace.learner.ingest.RawRecord;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.Generation;
import io.millrace.schemas.PolicySpec;
import io.millrace.schemas.Reward;
import io.millrace.schemas.TokenContext;
import io.millrace.schemas.wire.RecordCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A small transducer policy, records of it, and rules that write down what they decide. */
final class JoinFixture implements JoinRules.Outlet {

    static final String POLICY = "spell";
    static final long START_MS = 1_000_000_000_000L;
    static final long WINDOW_MS = 60_000;
    static final long EARLY_MS = 20_000;
    static final long GRACE_MS = 10_000;

    private static final RecordCodec<Generation> GENERATIONS = RecordCodec.of(Generation.class);
    private static final RecordCodec<Reward> REWARDS = RecordCodec.of(Reward.class);

    /** A refused record and why. */
    record Refusal(DeadLetterReason reason, String detail, RawRecord record) {}

    final List<JoinedTrajectory> joined = new ArrayList<>();
    final List<Refusal> refused = new ArrayList<>();
    int skipped;
    int duplicates;

    final PolicyCatalog policies = PolicyCatalog.keepingModels();
    final JoinRules rules = new JoinRules(
            new Intake(policies, 100_000, Duration.ofMinutes(5)),
            this,
            new JoinSettings("millrace", 4, 100_000, Duration.ofMinutes(5), Duration.ofMillis(GRACE_MS)));
    final OpenTrajectory trajectory = new OpenTrajectory();

    /** Rules that know the policy, with these lines in its {@code join} section. */
    static JoinFixture with(String join) {
        var fixture = new JoinFixture();
        fixture.policies.accept(spec(join));
        return fixture;
    }

    static PolicySpec spec(String join) {
        String json = """
                {"policy": "spell", "kind": "transducer", "seed": 1,
                 "model": {"input": ["a", "b"], "emissions": ["", "X", "Y"], "hash-bits": 6},
                 "join": {"reward-window": "60s", "early-reward": "20s",
                          "metrics": {"score": {"aggregation": "mean", "weight": 1.0},
                                      "thumbs": {"aggregation": "sum", "weight": 0.5}},
                          "clip": [-10, 10] %s}}
                """.formatted(join.isEmpty() ? "" : ", " + join);
        return PolicySpec.newBuilder()
                .setPolicy(POLICY)
                .setRevision(1)
                .setSpecification(json)
                .setAppliedAt(Instant.ofEpochMilli(START_MS))
                .build();
    }

    /** Another policy with the same model. */
    static PolicySpec otherSpec() {
        PolicySpec spec = spec("");
        return PolicySpec.newBuilder(spec)
                .setPolicy("other")
                .setSpecification(spec.getSpecification().replace("\"spell\"", "\"other\""))
                .build();
    }

    /** The next revision, in whose vocabulary an emission is missing. */
    static PolicySpec withSmallerModel() {
        PolicySpec spec = spec("");
        return PolicySpec.newBuilder(spec)
                .setRevision(2)
                .setSpecification(spec.getSpecification().replace(", \"Y\"]", "]"))
                .build();
    }

    static RawRecord generation(String id, int step, boolean last, long atMs) {
        return generation(id, step, last, atMs, record -> {});
    }

    static RawRecord generation(String id, int step, boolean last, long atMs, Consumer<Generation.Builder> change) {
        Generation.Builder builder = Generation.newBuilder()
                .setPolicy(POLICY)
                .setTrajectoryId(id)
                .setStep(step)
                .setLast(last)
                .setProducedAt(Instant.ofEpochMilli(atMs))
                .setParametersEpoch(1)
                .setParametersVersion(1)
                .setContext(new TokenContext(List.of(0, 1)))
                .setActions(List.of(1, 2))
                .setLogProbs(List.of(-0.5f, -1.5f))
                .setReplica("r");
        change.accept(builder);
        return new RawRecord(RawRecord.Kind.GENERATION, id, GENERATIONS.encode(builder.build()), 0, 0, atMs);
    }

    static RawRecord reward(String id, String rewardId, double value, long atMs) {
        return reward(id, rewardId, value, atMs, record -> {});
    }

    static RawRecord reward(String id, String rewardId, double value, long atMs, Consumer<Reward.Builder> change) {
        Reward.Builder builder = Reward.newBuilder()
                .setRewardId(rewardId)
                .setPolicy(POLICY)
                .setTrajectoryId(id)
                .setValue(value)
                .setObservedAt(Instant.ofEpochMilli(atMs));
        change.accept(builder);
        return new RawRecord(RawRecord.Kind.REWARD, id, REWARDS.encode(builder.build()), 1, 0, atMs);
    }

    /** One trajectory's record arrives at its own timestamp. */
    JoinFixture take(RawRecord record) {
        rules.take(record.key(), record, trajectory, record.timestamp());
        return this;
    }

    /** Event time passes the trajectory's deadline. */
    JoinFixture close() {
        rules.close("t", trajectory, trajectory.deadlineMs);
        return this;
    }

    List<DeadLetterReason> reasons() {
        return refused.stream().map(Refusal::reason).toList();
    }

    @Override
    public void emit(JoinedTrajectory emitted) {
        joined.add(emitted);
    }

    @Override
    public void skip() {
        skipped++;
    }

    @Override
    public void duplicate() {
        duplicates++;
    }

    @Override
    public void refuse(DeadLetterReason reason, String detail, String policy, RawRecord record) {
        refused.add(new Refusal(reason, detail, record));
    }
}
