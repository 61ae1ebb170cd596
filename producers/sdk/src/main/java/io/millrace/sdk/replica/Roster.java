package io.millrace.sdk.replica;

import io.millrace.schemas.PolicySpec;
import java.time.InstantSource;
import java.util.Collection;
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

    private final Set<String> wanted;
    private final InstantSource clock;
    private final Supplier<RandomGenerator> randoms;
    private volatile Map<String, ServedPolicy> policies = Map.of();
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
     * Whether the named policies have parameters; where none are named, whether there are policies and all of those that
     * can be followed have parameters.
     */
    boolean ready() {
        if (!wanted.isEmpty()) {
            return wanted.stream()
                    .allMatch(name -> find(name).filter(ServedPolicy::ready).isPresent());
        }
        boolean anyReady = all().stream().anyMatch(ServedPolicy::ready);
        return loaded && anyReady && all().stream().allMatch(policy -> policy.ready() || !policy.hasModel());
    }

    /** Whether the policies topic has been read to its end once. */
    public boolean isLoaded() {
        return loaded;
    }
}
