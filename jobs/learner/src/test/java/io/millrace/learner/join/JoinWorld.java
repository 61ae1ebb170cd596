package io.millrace.learner.join;

import static io.millrace.learner.join.JoinFixture.GRACE_MS;
import static io.millrace.learner.join.JoinFixture.START_MS;
import static io.millrace.learner.join.JoinFixture.WINDOW_MS;
import static io.millrace.learner.join.JoinFixture.again;
import static io.millrace.learner.join.JoinFixture.generation;
import static io.millrace.learner.join.JoinFixture.reward;

import io.millrace.learner.control.PolicyCatalog;
import io.millrace.learner.ingest.RawRecord;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.PolicySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A seeded world around the join that reorders, duplicates, delays, contradicts and drops what is sent to it. Of its four
 * policies one is applied a while after its first records, and one never.
 */
final class JoinWorld implements JoinRules.Outlet {

    static final String LATER = "later";
    static final String NOBODY = "nobody";
    static final double DEFAULT_REWARD = 0.25;

    private static final String OTHER = "other";
    private static final List<String> POLICIES = List.of(JoinFixture.POLICY, JoinFixture.POLICY, OTHER, LATER, NOBODY);
    private static final long EARLIEST_REWARD_MS = START_MS - 5_000;
    private static final long LAST_STEP_MS = START_MS + 5_000;
    /** Within the grace of the very first record. */
    private static final long LATER_APPLIED_MS = START_MS + 3_000;
    /** By how much the network reorders. */
    private static final int SHAKE_MS = 1_000;

    /** What the world sent for one trajectory. */
    record Sent(
            String policy, int steps, boolean allStepsArrive, boolean demonstrated, int rewardsInTime, int rewards) {

        boolean isKnown() {
            return !policy.equals(NOBODY);
        }
    }

    final Map<String, Sent> sent = new HashMap<>();
    final List<JoinedTrajectory> joined = new ArrayList<>();
    final List<JoinFixture.Refusal> refused = new ArrayList<>();
    final Map<String, OpenTrajectory> state = new HashMap<>();
    final int contradictions;
    int duplicates;
    int skipped;
    int arrived;
    /** Records that were in the trajectories that were emitted or skipped. */
    int used;

    private final Random random;
    private final PolicyCatalog policies = PolicyCatalog.keepingModels();
    private final JoinRules rules = new JoinRules(
            new Intake(policies, 100_000, Duration.ofMinutes(5)),
            this,
            new JoinSettings("millrace", 4, 100_000, Duration.ofMinutes(5), Duration.ofMillis(GRACE_MS)));
    private final PolicySpec spec;
    private final List<RawRecord> network = new ArrayList<>();
    private OpenTrajectory current = new OpenTrajectory();
    private long nowMs = Long.MIN_VALUE;
    private long watermarkMs = Long.MIN_VALUE;
    private int contradicted;

    /** Everything has been sent and delivered, and all time is over. */
    JoinWorld(long seed, String join, int trajectories) {
        random = new Random(seed);
        spec = JoinFixture.spec(join);
        policies.accept(spec);
        policies.accept(named(OTHER));
        for (int i = 0; i < trajectories; i++) {
            send("t" + i);
        }
        contradictions = contradicted;
        deliver();
    }

    private PolicySpec named(String policy) {
        return PolicySpec.newBuilder(spec)
                .setPolicy(policy)
                .setSpecification(spec.getSpecification().replace("\"spell\"", "\"" + policy + "\""))
                .build();
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private void send(String id) {
        String policy = POLICIES.get(random.nextInt(POLICIES.size()));
        boolean demonstrated = oneIn(8);
        int steps = 1 + random.nextInt(3);
        boolean allArrive = true;
        for (int step = 0; step < steps; step++) {
            if (oneIn(20)) {
                allArrive = false;
            } else {
                sendStep(id, policy, step, step == steps - 1, demonstrated);
            }
        }
        int rewards = random.nextInt(4);
        int inTime = 0;
        for (int i = 0; i < rewards; i++) {
            inTime += sendReward(id, policy, "r" + i, steps) ? 1 : 0;
        }
        sent.put(id, new Sent(policy, steps, allArrive, demonstrated, inTime, rewards));
    }

    private void sendStep(String id, String policy, int step, boolean last, boolean demonstrated) {
        long atMs = START_MS + random.nextInt((int) (LAST_STEP_MS - START_MS));
        RawRecord record =
                generation(id, step, last, atMs, g -> g.setPolicy(policy).setDemonstrated(demonstrated));
        network.add(record);
        if (oneIn(10)) {
            network.add(again(record, atMs + random.nextInt(3_000)));
        }
        if (oneIn(10)) {
            network.add(again(record, atMs + WINDOW_MS + random.nextInt((int) (2 * WINDOW_MS))));
        }
        if (oneIn(10)) {
            contradicted++;
            // Produced when the step was, however late it comes: nobody can tell a trajectory that begins under an old
            // name.
            network.add(generation(
                    id,
                    step,
                    last,
                    atMs + random.nextInt((int) (2 * WINDOW_MS)),
                    g -> g.setPolicy(policy)
                            .setDemonstrated(demonstrated)
                            .setProducedAt(Instant.ofEpochMilli(atMs))
                            .setActions(List.of(2, 2))));
        }
    }

    /** From well before the generation (though within the wait for it) to long after the window; whether it is in time. */
    private boolean sendReward(String id, String policy, String rewardId, int steps) {
        long atMs = EARLIEST_REWARD_MS + random.nextInt((int) (2 * WINDOW_MS));
        int step = random.nextInt(steps);
        boolean ofStep = oneIn(3);
        boolean last = oneIn(3) && (!ofStep || step == steps - 1);
        double value = random.nextInt(100) / 100.0;
        RawRecord record = reward(
                id,
                rewardId,
                value,
                atMs,
                r -> r.setPolicy(policy).setStep(ofStep ? step : null).setLast(last));
        network.add(record);
        if (oneIn(5)) {
            network.add(again(record, atMs + random.nextInt((int) (2 * WINDOW_MS))));
        }
        if (oneIn(8)) {
            String foreign = policy.equals(OTHER) ? JoinFixture.POLICY : OTHER;
            network.add(reward(id, rewardId, value, atMs - 500, r -> r.setPolicy(foreign)));
        }
        return atMs <= START_MS + WINDOW_MS - SHAKE_MS;
    }

    /** In the order of append times, shaken; deadlines fire as the watermark passes them. */
    private void deliver() {
        Map<RawRecord, Long> order = new HashMap<>();
        network.forEach(record -> order.put(record, record.timestamp() + random.nextInt(SHAKE_MS)));
        network.sort(Comparator.comparingLong(order::get));
        for (RawRecord record : network) {
            passTo(record.timestamp());
            current = state.computeIfAbsent(record.key(), key -> new OpenTrajectory());
            rules.take(record.key(), record, current, new JoinTime(nowMs, watermarkMs));
            if (current.isBlank()) {
                state.remove(record.key());
            }
            arrived++;
        }
        passTo(nowMs + GRACE_MS);
        watermarkMs = Long.MAX_VALUE - 1;
        fireDeadlines();
    }

    private void passTo(long toMs) {
        if (nowMs < LATER_APPLIED_MS && toMs >= LATER_APPLIED_MS) {
            policies.accept(named(LATER));
            nowMs = LATER_APPLIED_MS;
            retryWaiting();
        }
        nowMs = Math.max(nowMs, toMs);
        retryWaiting();
        watermarkMs = Math.max(watermarkMs, nowMs - SHAKE_MS - 1);
        fireDeadlines();
    }

    private void retryWaiting() {
        state.entrySet().removeIf(entry -> {
            current = entry.getValue();
            if (!current.waiting.isEmpty()) {
                rules.retryWaiting(entry.getKey(), current, new JoinTime(nowMs, watermarkMs));
            }
            return current.isBlank();
        });
    }

    private void fireDeadlines() {
        state.entrySet().removeIf(entry -> {
            current = entry.getValue();
            if (current.deadlineMs == Long.MIN_VALUE || current.deadlineMs > watermarkMs) {
                return false;
            }
            rules.close(entry.getKey(), current, nowMs);
            current.forget();
            return current.isBlank();
        });
    }

    @Override
    public void emit(JoinedTrajectory trajectory) {
        joined.add(trajectory);
        used += current.steps.size() + current.rewards.size();
    }

    @Override
    public void skip() {
        skipped++;
        used += current.steps.size() + current.rewards.size();
    }

    @Override
    public void duplicate() {
        duplicates++;
    }

    @Override
    public void refuse(DeadLetterReason reason, String detail, String policy, RawRecord record) {
        refused.add(new JoinFixture.Refusal(reason, detail, record));
    }
}
