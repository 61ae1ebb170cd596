package io.millrace.learner.join;

import static io.millrace.learner.join.JoinFixture.START_MS;
import static io.millrace.learner.join.JoinFixture.WINDOW_MS;
import static io.millrace.learner.join.JoinFixture.again;
import static io.millrace.learner.join.JoinFixture.generation;
import static io.millrace.learner.join.JoinFixture.reward;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.ingest.RawRecord;
import io.millrace.schemas.DeadLetterReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A seeded world around the join that reorders, duplicates, delays and drops what is sent to it, and the invariants that
 * must hold whatever it does.
 */
class JoinRulesProperties {

    /** What the world sent for one trajectory, and what must come of it. */
    private record Sent(int steps, boolean allStepsArrive, Set<String> rewardsInTime) {}

    @Property(tries = 150)
    void everyRecordIsAccountedForAndEveryTrajectoryCountsOnce(@ForAll long seed) {
        var random = new Random(seed);
        var world = new World();
        for (int i = 0; i < 40; i++) {
            world.send("t" + i, random);
        }
        world.deliver(random);
        world.noTrajectoryIsEmittedTwice();
        world.everyTrajectoryWithAllStepsAndARewardInTimeIsEmitted();
        world.noRewardIsMadeUp();
        world.everyRecordEndsOnce();
        world.nothingStaysBehind();
    }

    private static final class World {
        private final JoinFixture join = JoinFixture.with("\"completion\": \"first-reward\"");
        private final Map<String, OpenTrajectory> state = new HashMap<>();
        private final Map<String, Sent> sent = new HashMap<>();
        private final List<RawRecord> network = new ArrayList<>();
        private int arrived;

        private void send(String id, Random random) {
            int steps = 1 + random.nextInt(3);
            boolean allArrive = true;
            long lastStepMs = START_MS;
            for (int step = 0; step < steps; step++) {
                long atMs = START_MS + random.nextInt(5_000);
                if (random.nextInt(20) == 0) {
                    allArrive = false;
                    continue;
                }
                lastStepMs = Math.max(lastStepMs, atMs);
                RawRecord record = generation(id, step, step == steps - 1, atMs);
                network.add(record);
                if (random.nextInt(10) == 0) {
                    network.add(again(record, atMs + random.nextInt(3_000)));
                }
                if (random.nextInt(10) == 0) {
                    network.add(again(record, atMs + WINDOW_MS + random.nextInt((int) (2 * WINDOW_MS))));
                }
            }
            Set<String> inTime = new HashSet<>();
            int rewards = random.nextInt(3);
            for (int i = 0; i < rewards; i++) {
                // From well before the generation (though within the wait for it) to long after the window.
                long atMs = START_MS - 5_000 + random.nextInt((int) (2 * WINDOW_MS));
                RawRecord record = reward(id, "r" + i, random.nextInt(100) / 100.0, atMs);
                network.add(record);
                if (atMs <= START_MS + WINDOW_MS - 1_000) {
                    inTime.add("r" + i);
                }
                if (random.nextInt(5) == 0) {
                    network.add(again(record, atMs + random.nextInt((int) (2 * WINDOW_MS))));
                }
            }
            sent.put(id, new Sent(steps, allArrive, inTime));
        }

        /** In the order of append times, shaken by up to a second; deadlines fire as the watermark passes them. */
        private void deliver(Random random) {
            Map<RawRecord, Long> order = new HashMap<>();
            network.forEach(record -> order.put(record, record.timestamp() + random.nextInt(1_000)));
            network.sort(Comparator.comparingLong(record -> order.get(record)));
            long watermark = Long.MIN_VALUE;
            for (RawRecord record : network) {
                watermark = Math.max(watermark, record.timestamp() - 1_001);
                closeUpTo(watermark);
                OpenTrajectory trajectory = state.computeIfAbsent(record.key(), key -> new OpenTrajectory());
                join.rules.take(record.key(), record, trajectory, new JoinTime(record.timestamp(), watermark));
                arrived++;
            }
            closeUpTo(Long.MAX_VALUE - 1);
        }

        private void closeUpTo(long watermark) {
            state.entrySet().removeIf(entry -> {
                OpenTrajectory trajectory = entry.getValue();
                if (trajectory.deadlineMs > watermark) {
                    return false;
                }
                join.rules.close(entry.getKey(), trajectory, trajectory.deadlineMs);
                trajectory.forget();
                return trajectory.isBlank();
            });
        }

        private void noTrajectoryIsEmittedTwice() {
            assertThat(join.joined.stream().map(JoinedTrajectory::trajectoryId)).doesNotHaveDuplicates();
        }

        private void everyTrajectoryWithAllStepsAndARewardInTimeIsEmitted() {
            Set<String> emitted = new HashSet<>();
            join.joined.forEach(joined -> emitted.add(joined.trajectoryId()));
            sent.forEach((id, what) -> {
                if (what.allStepsArrive() && !what.rewardsInTime().isEmpty()) {
                    assertThat(emitted).as("trajectory %s of %s", id, what).contains(id);
                }
            });
        }

        private void noRewardIsMadeUp() {
            join.joined.forEach(joined -> assertThat(joined.reward()).isBetween(0.0, 1.0));
            for (JoinedTrajectory joined : join.joined) {
                Sent what = Objects.requireNonNull(sent.get(joined.trajectoryId()));
                // Where the last steps never came, the window's end completes what is there.
                assertThat(joined.steps().length)
                        .as("steps of %s", joined.trajectoryId())
                        .isBetween(what.allStepsArrive() ? what.steps() : 1, what.steps());
            }
        }

        /** Steps and rewards of what was emitted, plus duplicates, plus refusals, plus skipped: all that arrived, no more. */
        private void everyRecordEndsOnce() {
            int inEmitted = join.joined.stream()
                    .mapToInt(joined -> joined.steps().length + 1)
                    .sum();
            int inSkipped = arrived - inEmitted - join.duplicates - join.refused.size();
            assertThat(inSkipped).as("records of skipped trajectories").isGreaterThanOrEqualTo(join.skipped);
            assertThat(inSkipped).isLessThanOrEqualTo(3 * join.skipped);
            assertThat(join.reasons())
                    .isSubsetOf(DeadLetterReason.LATE, DeadLetterReason.UNMATCHED, DeadLetterReason.MISSING_STEP);
        }

        private void nothingStaysBehind() {
            assertThat(state).isEmpty();
        }
    }
}
