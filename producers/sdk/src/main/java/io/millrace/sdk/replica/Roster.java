package io.millrace.sdk.replica;

import io.millrace.schemas.PolicySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policies served here, by name: written by one thread, read by all through one volatile read. */
public final class Roster {

    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

    /**
     * How long others wait for the first parameters of a policy: the learner publishes them within seconds, or refuses the
     * policy and never does.
     */
    static final Duration FIRST_PARAMETERS_WITHIN = Duration.ofSeconds(60);

    private final Set<String> wanted;
    private final InstantSource clock;
    private final Supplier<RandomGenerator> randoms;
    private volatile Map<String, ServedPolicy> policies = Map.of();
    private final Set<String> passedOver = new HashSet<>();
    private volatile boolean loaded;

    /**
     * @param wanted names of the policies to serve; empty: all
     * @param randoms makes a source of randomness for each thread that generates
     */
    public Roster(Set<String> wanted, InstantSource clock, Supplier<RandomGenerator> randoms) {
        this.wanted = wanted;
        this.clock = clock;
        this.randoms = randoms;
    }

    /** Takes a specification; true when the policy needs parameters because of it. */
    boolean apply(PolicySpec spec) {
        String name = spec.getPolicy();
        if (!wanted.isEmpty() && !wanted.contains(name)) {
            return false;
        }
        if (spec.getDeleted()) {
            remove(name);
            return false;
        }
        ServedPolicy known = policies.get(name);
        boolean needsParameters;
        if (known == null) {
            known = new ServedPolicy(spec, clock.instant(), randoms);
            needsParameters = known.hasModel();
            var more = new TreeMap<>(policies);
            more.put(name, known);
            policies = Map.copyOf(more);
        } else {
            needsParameters = known.follow(spec);
        }
        known.problem()
                .ifPresent(problem ->
                        LOG.warn("policy {} revision {} not followed: {}", name, spec.getRevision(), problem));
        return needsParameters;
    }

    /** Withdraws a policy. */
    void remove(String name) {
        var fewer = new TreeMap<>(policies);
        fewer.remove(name);
        policies = Map.copyOf(fewer);
    }

    /** Says that every specification there was at the start has been seen. */
    void loaded() {
        loaded = true;
    }

    public Optional<ServedPolicy> find(String policy) {
        return Optional.ofNullable(policies.get(policy));
    }

    public Collection<ServedPolicy> all() {
        return policies.values();
    }

    /**
     * Whether the named policies have parameters; where none are named, whether some policy has and none is still to wait
     * for. One that cannot be followed is not waited for, nor one that was applied a minute ago or longer and has no
     * snapshot: it must not keep the others from being served. Called by the thread that writes.
     */
    boolean ready() {
        if (!wanted.isEmpty()) {
            return wanted.stream()
                    .allMatch(name -> find(name).filter(ServedPolicy::ready).isPresent());
        }
        boolean anyReady = all().stream().anyMatch(ServedPolicy::ready);
        boolean ready = loaded && anyReady && all().stream().noneMatch(this::isToWaitFor);
        if (ready) {
            all().stream().filter(ServedPolicy::lacksParameters).forEach(this::passOver);
        }
        return ready;
    }

    private boolean isToWaitFor(ServedPolicy policy) {
        Instant until = policy.spec().getAppliedAt().plus(FIRST_PARAMETERS_WITHIN);
        return policy.lacksParameters() && !(policy.hasNoSnapshot() && until.isBefore(clock.instant()));
    }

    private void passOver(ServedPolicy policy) {
        if (passedOver.add(policy.name())) {
            LOG.warn(
                    "policy {}: expected parameters within {} of {}, found none; ready without it, see the dead letters",
                    policy.name(),
                    FIRST_PARAMETERS_WITHIN,
                    policy.spec().getAppliedAt());
        }
    }

    /** Whether the policies topic has been read to its end once. */
    public boolean isLoaded() {
        return loaded;
    }
}
