package io.millrace.policy.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.policy.parameters.ParameterReplica.Outcome;
import io.millrace.policy.parameters.PublishingLearner.Lineage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A learner that publishes, is killed and restored, over a channel that loses, doubles and reorders chunks, with a zombie of
 * an earlier epoch still writing. Whatever arrives:
 *
 * <ul>
 *   <li>bit identity: at every (epoch, version) that a replica reports, its θ is the one that was published under it;
 *   <li>no half update: the same, after every single chunk;
 *   <li>forward only: the epoch never falls, and the version only falls within it by a snapshot that heals a gap;
 *   <li>convergence: after a resynchronisation the replica holds what the learner holds.
 * </ul>
 */
class ParameterReplicaProperties {

    private static final ParameterLayout[] LAYOUTS = {
        ParameterLayout.of("rows", 20, 7), ParameterLayout.of("wide", 3, 100), ParameterLayout.of("flat", 150, 1)
    };

    @Property(tries = 300)
    void aReplicaOfOneCopyIsTheLearnerBitForBit(@ForAll long seed) {
        ParameterLayout layout = layout(seed);
        new Simulation(seed, layout, () -> ParameterReplica.singleThreaded("home", layout)).run();
    }

    @Property(tries = 300)
    void aConcurrentReplicaIsTheLearnerBitForBit(@ForAll long seed) {
        ParameterLayout layout = layout(seed);
        new Simulation(seed, layout, () -> ParameterReplica.concurrent("home", layout)).run();
    }

    @Property(tries = 2000)
    void anyDamageToAPayloadIsFoundAndHasNoEffect(@ForAll long seed) {
        Random random = new Random(seed);
        ParameterLayout layout = layout(seed);
        PublishingLearner learner = new PublishingLearner("home", layout, Integer.MAX_VALUE);
        ParameterReplica replica = ParameterReplica.concurrent("home", layout);
        replica.offer(learner.snapshot().get(0));
        UpdateChunk delta = learner.delta(random, 0.5).get(0);
        UpdateChunk update = random.nextBoolean() ? delta : learner.snapshot().get(0);
        UpdateChunk damaged = Chunks.withPayload(update, damage(update.payload(), random));
        Assume.that(!Arrays.equals(damaged.payload(), update.payload()));

        assertThat(replica.offer(damaged)).isEqualTo(Outcome.CORRUPT);
        assertThat(replica.version()).isZero();
        assertThat(replica.checksumMatches()).isFalse();
        assertHolds(replica, learner, new Lineage(1, 0));
        assertThat(replica.offer(update)).isEqualTo(Outcome.APPLIED);
        assertHolds(replica, learner, new Lineage(1, 1));
    }

    /** The checksum is made to fit, so only the decoder's own checks stand before θ. */
    @Property(tries = 2000)
    void damageThatTheChecksumHidesIsRefusedWithoutEffectOrAppliedWhole(@ForAll long seed) {
        Random random = new Random(seed);
        ParameterLayout layout = layout(seed);
        PublishingLearner learner = new PublishingLearner("home", layout, Integer.MAX_VALUE);
        ParameterReplica replica = ParameterReplica.singleThreaded("home", layout);
        replica.offer(learner.snapshot().get(0));
        UpdateChunk delta = learner.delta(random, 0.5).get(0);
        byte[] payload = damage(delta.payload(), random);
        UpdateChunk forged = Chunks.withChecksum(Chunks.withPayload(delta, payload), Checksums.chain(0, payload));

        if (replica.offer(forged) == Outcome.APPLIED) {
            assertThat(replica.version()).isEqualTo(1);
        } else {
            assertThat(replica.lastProblem()).startsWith("Delta rejected: expected ");
            assertHolds(replica, learner, new Lineage(1, 0));
        }
    }

    private static ParameterLayout layout(long seed) {
        return LAYOUTS[Math.floorMod(seed, LAYOUTS.length)];
    }

    private static byte[] damage(byte[] payload, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Arrays.copyOf(payload, random.nextInt(payload.length));
            case 1 -> Arrays.copyOf(payload, payload.length + 1 + random.nextInt(10));
            default -> {
                byte[] damaged = payload.clone();
                for (int i = 0; i <= random.nextInt(4); i++) {
                    // The head is short and says most, so it is hit as often as all the rest.
                    int reach = random.nextBoolean() ? Math.min(8, damaged.length) : damaged.length;
                    damaged[random.nextInt(reach)] = (byte) random.nextInt();
                }
                yield damaged;
            }
        };
    }

    private static void assertHolds(ParameterReplica replica, PublishingLearner learner, Lineage lineage) {
        int[] held = replica.read(theta -> bits(theta.values()));
        assertThat(held).isEqualTo(bits(learner.thetaAt(lineage)));
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }

    private static final class Simulation {

        private final Random random;
        private final PublishingLearner learner;
        private final ParameterReplica replica;
        private final List<UpdateChunk> inFlight = new ArrayList<>();
        private final List<UpdateChunk> zombie = new ArrayList<>();

        Simulation(long seed, ParameterLayout layout, Supplier<ParameterReplica> replica) {
            this.random = new Random(seed);
            this.learner = new PublishingLearner("home", layout, 20 + random.nextInt(500));
            this.replica = replica.get();
        }

        void run() {
            for (int event = 0; event < 60; event++) {
                inFlight.addAll(publish());
                while (!inFlight.isEmpty() && random.nextInt(4) != 0) {
                    deliver();
                }
            }
            resynchronise();
        }

        private List<UpdateChunk> publish() {
            return switch (random.nextInt(12)) {
                case 0 -> learner.snapshot();
                case 1 -> restore();
                case 2 -> List.copyOf(zombie);
                default -> learner.delta(random, random.nextDouble());
            };
        }

        private List<UpdateChunk> restore() {
            zombie.clear();
            zombie.addAll(learner.delta(random, 0.5));
            List<Lineage> candidates = learner.everPublished();
            Lineage to = candidates.get(random.nextInt(candidates.size()));
            return learner.restore(to, learner.head().epoch() + 1 + random.nextInt(3));
        }

        /** Mostly in order and once; sometimes a chunk overtakes, is lost or comes twice. */
        private void deliver() {
            int at = random.nextInt(5) == 0 ? random.nextInt(Math.min(6, inFlight.size())) : 0;
            UpdateChunk chunk = random.nextInt(10) == 0 ? inFlight.get(at) : inFlight.remove(at);
            if (random.nextInt(20) != 0) {
                offer(chunk);
            }
        }

        private void offer(UpdateChunk chunk) {
            boolean wasBehind = replica.needsResync();
            Lineage before = new Lineage(replica.epoch(), replica.version());
            Outcome outcome = replica.offer(chunk);
            assertThat(outcome).isNotEqualTo(Outcome.CORRUPT);
            Lineage after = new Lineage(replica.epoch(), replica.version());
            assertForwardOnly(before, after, wasBehind && chunk.snapshot());
            if (outcome != Outcome.APPLIED) {
                assertThat(after).isEqualTo(before);
            }
            if (replica.ready()) {
                assertHolds(replica, learner, after);
                assertThat(replica.checksumMatches()).isTrue();
            }
        }

        private void assertForwardOnly(Lineage before, Lineage after, boolean mayHeal) {
            assertThat(after.epoch()).isGreaterThanOrEqualTo(before.epoch());
            if (after.epoch() == before.epoch() && !mayHeal) {
                assertThat(after.version()).isGreaterThanOrEqualTo(before.version());
            }
        }

        private void resynchronise() {
            learner.snapshot().forEach(this::offer);
            learner.delta(random, 0.3).forEach(this::offer);
            assertThat(replica.needsResync()).isFalse();
            assertThat(new Lineage(replica.epoch(), replica.version())).isEqualTo(learner.head());
            assertHolds(replica, learner, learner.head());
        }
    }
}
