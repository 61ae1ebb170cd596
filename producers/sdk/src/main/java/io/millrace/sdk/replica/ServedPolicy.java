package io.millrace.sdk.replica;

import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.policy.parameters.ParameterReplica.Outcome;
import io.millrace.policy.parameters.UpdateChunk;
import io.millrace.policy.spec.JoinSpec;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.policy.spec.PolicySpecException;
import io.millrace.schemas.PolicySpec;
import io.millrace.sdk.lag.VersionId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.ServiceConfigurationError;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One policy as it is served here: written by the thread that follows Kafka, read by every thread without a lock.
 *
 * <p>A specification that cannot be followed is remembered as the policy's problem; what was served before goes on being
 * served.
 */
public final class ServedPolicy {

    private final String name;
    private final Supplier<RandomGenerator> randoms;
    private final LongAdder generations = new LongAdder();
    private final LongAdder gaps = new LongAdder();
    private final PolicyLag lag;

    private volatile PolicySpec spec;
    private volatile String kind = "";
    private volatile Optional<Model> model = Optional.empty();
    private volatile Optional<JoinSpec> join = Optional.empty();
    private volatile boolean learnsValues;
    private volatile boolean snapshotSought;
    private volatile Optional<String> problem = Optional.empty();
    private volatile AppliedVersion applied = AppliedVersion.none();

    ServedPolicy(PolicySpec spec, Instant servingSince, Supplier<RandomGenerator> randoms) {
        this.name = spec.getPolicy();
        this.spec = spec;
        this.randoms = randoms;
        this.lag = new PolicyLag(servingSince);
        follow(spec);
    }

    /** Takes a new revision; true when the policy needs parameters because of it. */
    boolean follow(PolicySpec revision) {
        spec = revision;
        try {
            PolicyDefinition definition = PolicyDefinition.parse(revision.getSpecification());
            if (model.isPresent() && model.get().fits(definition)) {
                join = Optional.of(definition.join());
                learnsValues = definition.estimator().needsValueHead();
                problem = Optional.empty();
                return false;
            }
            if (ready()) {
                // The learner refuses it too, so parameters of the new model would never come.
                problem = Optional.of("model: expected the one that is served, found another; give the policy a new"
                        + " name to serve another model");
                return false;
            }
            kind = definition.kind();
            model = Optional.of(Model.create(definition, randoms));
            join = Optional.of(definition.join());
            learnsValues = definition.estimator().needsValueHead();
            applied = AppliedVersion.none();
            snapshotSought = false;
            problem = Optional.empty();
            return true;
        } catch (PolicySpecException impossible) {
            problem = Optional.of(String.valueOf(impossible.getMessage()));
        } catch (RuntimeException | ServiceConfigurationError | LinkageError failure) {
            // A kind is code of its author's: whatever it throws must not end the thread that serves the other
            // policies.
            problem = Optional.of("kind " + kind + " failed to make the policy: " + failure);
        }
        return false;
    }

    /**
     * Whether a snapshot of this version would help: one that is older than what is held helps only when what is held is
     * damaged. While an update is merely missing, old parameters are worse than the ones that are held.
     */
    boolean wants(VersionId snapshot) {
        ParameterReplica replica = model.orElseThrow().replica();
        return !replica.ready()
                || !replica.checksumMatches()
                || snapshot.compareTo(new VersionId(replica.epoch(), replica.version())) > 0;
    }

    /** Offers a chunk of an update or of a snapshot; remembers what was applied. */
    Outcome offer(UpdateChunk chunk, Published published, Instant now) {
        ParameterReplica replica = model.orElseThrow().replica();
        long epochBefore = replica.epoch();
        long versionBefore = replica.version();
        Outcome outcome = replica.offer(chunk);
        // An update whose audit fails has been applied all the same, so the outcome does not tell.
        boolean moved = replica.epoch() != epochBefore || replica.version() != versionBefore;
        if (moved || outcome == Outcome.APPLIED) {
            lag.replaced(applied);
            OptionalDouble rewardMean =
                    published.rewardMean().isPresent() ? published.rewardMean() : applied.rewardMean();
            applied = new AppliedVersion(
                    replica.epoch(),
                    replica.version(),
                    published.createdAt(),
                    now,
                    published.trajectoriesTotal().orElse(applied.trajectoriesTotal()),
                    rewardMean,
                    new AtomicLong());
            lag.applied(new VersionId(replica.epoch(), replica.version()), published, now);
        }
        return outcome;
    }

    /** Counts an output drawn from a version. */
    public void served(long epoch, long version, Instant at) {
        generations.increment();
        applied.served(epoch, version, at);
    }

    /** The calling thread's drawer; empty while the policy has no parameters. */
    public Optional<Drawer> drawer() {
        return model.filter(present -> present.replica().ready()).map(Model::drawer);
    }

    public String name() {
        return name;
    }

    public String kind() {
        return kind;
    }

    public PolicySpec spec() {
        return spec;
    }

    /** Whether the learner learns V(s), so that it may stand for what follows a state. */
    public boolean learnsValues() {
        return learnsValues;
    }

    /** How outputs meet their rewards, by the newest specification that is followed; empty: there is none yet. */
    public Optional<JoinSpec> join() {
        return join;
    }

    public boolean ready() {
        return model.isPresent() && model.get().replica().ready();
    }

    /** Whether the snapshots should be read: nothing is held, or something is known to be missing or wrong. */
    boolean needsResync() {
        return model.isPresent() && model.get().replica().needsResync();
    }

    /** Notes that all snapshots there are of it have been offered. */
    void snapshotSought() {
        snapshotSought = true;
    }

    /** Whether the snapshots have been read, and held none that fits. */
    boolean hasNoSnapshot() {
        return snapshotSought && !ready();
    }

    /** Whether it can be followed, and nothing has been published that could be served. */
    public boolean lacksParameters() {
        return hasModel() && !ready();
    }

    /** Whether a specification that can be followed has been seen. */
    boolean hasModel() {
        return model.isPresent();
    }

    public boolean checksumMatches() {
        return model.map(present -> present.replica().checksumMatches()).orElse(true);
    }

    public long epoch() {
        return applied.epoch();
    }

    public long version() {
        return applied.version();
    }

    public long trajectoriesTotal() {
        return applied.trajectoriesTotal();
    }

    public OptionalDouble rewardMean() {
        return applied.rewardMean();
    }

    public long generations() {
        return generations.sum();
    }

    /** Why the newest specification is not followed, for people; empty when it is. */
    public Optional<String> problem() {
        return problem;
    }

    AppliedVersion applied() {
        return applied;
    }

    PolicyLag lag() {
        return lag;
    }

    Optional<ParameterReplica> replica() {
        return model.map(Model::replica);
    }

    /** Why the replica did not apply the last chunk, for people. */
    String replicaProblem() {
        return model.map(present -> present.replica().lastProblem()).orElse("");
    }

    void countGap() {
        gaps.increment();
    }

    /** Gaps found since the start. */
    public long gaps() {
        return gaps.sum();
    }
}
