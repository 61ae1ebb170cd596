package io.millrace.learner.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.ingest.RawRecord;
import io.millrace.policy.Trajectory.Origin;
import io.millrace.schemas.DeadLetterReason;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What must hold whatever the world does, by every completion, with and without a default reward. */
class JoinRulesProperties {

    @Property(tries = 300)
    void everyRecordIsAccountedForAndEveryTrajectoryCountsOnce(
            @ForAll long seed, @ForAll("completions") String completion, @ForAll boolean defaults) {
        String join = "\"completion\": \"" + completion + "\", \"default-reward\": "
                + (defaults ? JoinWorld.DEFAULT_REWARD : "\"skip\"");
        var world = new JoinWorld(seed, join, 40);
        noTrajectoryIsEmittedTwice(world);
        everyTrajectoryThatCanBeLearnedIsEmitted(world, defaults);
        nothingIsMadeUp(world, defaults);
        everyRecordEndsOnce(world);
        refusalsHaveTheirReason(world);
        assertThat(world.state).as("nothing stays behind").isEmpty();
    }

    @Provide
    Arbitrary<String> completions() {
        return Arbitraries.of("first-reward", "last-mark", "window");
    }

    private static void noTrajectoryIsEmittedTwice(JoinWorld world) {
        assertThat(world.joined.stream().map(JoinedTrajectory::trajectoryId)).doesNotHaveDuplicates();
    }

    private static void everyTrajectoryThatCanBeLearnedIsEmitted(JoinWorld world, boolean defaults) {
        Set<String> emitted =
                world.joined.stream().map(JoinedTrajectory::trajectoryId).collect(Collectors.toSet());
        world.sent.forEach((id, what) -> {
            if (!what.isKnown()) {
                assertThat(emitted).as("trajectory %s of %s", id, what).doesNotContain(id);
            } else if (what.allStepsArrive() && (what.demonstrated() || defaults || what.rewardsInTime() > 0)) {
                assertThat(emitted).as("trajectory %s of %s", id, what).contains(id);
            }
        });
    }

    private static void nothingIsMadeUp(JoinWorld world, boolean defaults) {
        for (JoinedTrajectory joined : world.joined) {
            JoinWorld.Sent what = Objects.requireNonNull(world.sent.get(joined.trajectoryId()));
            String which = joined.trajectoryId() + " of " + what;
            assertThat(joined.policy()).as(which).isEqualTo(what.policy());
            assertThat(joined.origin() == Origin.DEMONSTRATED).as(which).isEqualTo(what.demonstrated());
            // Where the last steps never came, the window's end completes what is there.
            assertThat(joined.steps().length)
                    .as("steps of %s", which)
                    .isBetween(what.allStepsArrive() ? what.steps() : 1, what.steps());
            double sum = Arrays.stream(joined.rewards()).sum();
            if (what.demonstrated()) {
                assertThat(sum).as("weight of %s", which).isEqualTo(1);
            } else if (joined.defaulted()) {
                assertThat(defaults).isTrue();
                assertThat(sum).as("default of %s", which).isEqualTo(JoinWorld.DEFAULT_REWARD);
                if (what.allStepsArrive()) {
                    assertThat(what.rewardsInTime()).as(which).isZero();
                }
            } else {
                assertThat(what.rewards()).as(which).isPositive();
                // A mean of each step's own, and of the whole on the last.
                assertThat(sum).as("reward of %s", which).isBetween(0.0, joined.steps().length + 1.0);
            }
        }
    }

    private static void everyRecordEndsOnce(JoinWorld world) {
        assertThat(world.used + world.duplicates + world.refused.size())
                .as("used, duplicates and refused")
                .isEqualTo(world.arrived);
        Set<RawRecord> refusedOnce = Collections.newSetFromMap(new IdentityHashMap<>());
        assertThat(world.refused)
                .as("no record is refused twice")
                .allMatch(refusal -> refusedOnce.add(refusal.record()));
        assertThat(world.skipped).isLessThanOrEqualTo(world.sent.size());
    }

    private static void refusalsHaveTheirReason(JoinWorld world) {
        Set<DeadLetterReason> reasons = new HashSet<>();
        int conflicts = 0;
        for (JoinFixture.Refusal refusal : world.refused) {
            reasons.add(refusal.reason());
            conflicts += refusal.reason() == DeadLetterReason.DUPLICATE_CONFLICT ? 1 : 0;
            JoinWorld.Sent what =
                    Objects.requireNonNull(world.sent.get(refusal.record().key()));
            if (refusal.reason() == DeadLetterReason.UNKNOWN_POLICY) {
                assertThat(what.isKnown()).isFalse();
            }
        }
        assertThat(reasons)
                .isSubsetOf(List.of(
                        DeadLetterReason.LATE,
                        DeadLetterReason.UNMATCHED,
                        DeadLetterReason.MISSING_STEP,
                        DeadLetterReason.DUPLICATE_CONFLICT,
                        DeadLetterReason.INVALID,
                        DeadLetterReason.UNKNOWN_POLICY));
        // Either of the two comes first, and each may come again; nobody contradicts by himself.
        assertThat(conflicts).isLessThanOrEqualTo(3 * world.contradictions);
    }
}
