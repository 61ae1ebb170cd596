package io.millrace.bench.curves.staleness;

import io.millrace.bench.learner.Definitions;
import io.millrace.bench.learner.LearnedTrajectories;
import io.millrace.local.system.LocalSystem;
import io.millrace.local.system.LocalSystemOptions;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.replica.UpdateListener;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Ciphers learned through the whole pipeline, all at once in one system: a policy for each variant and seed, one replica. */
final class StalePipeline {

    private static final String REPLICA = "replica-1";

    private final Clock clock = Clock.systemUTC();
    private final Map<String, LearnedTrajectories> learned = new HashMap<>();
    private final Map<Served, List<PolicyDefinition>> policies = new LinkedHashMap<>();
    private final long[] seeds;

    /** A variant whose lag is a number of versions. */
    record Served(Objective objective, int lag) {}

    StalePipeline(List<Served> variants, long[] seeds) {
        this.seeds = seeds.clone();
        for (Served variant : variants) {
            List<PolicyDefinition> bySeed = new ArrayList<>();
            for (int run = 0; run < seeds.length; run++) {
                String name = variant.objective().title() + "-" + variant.lag() + "-" + run;
                bySeed.add(definition(variant.objective(), name));
                learned.put(name, new LearnedTrajectories(clock));
            }
            policies.put(variant, bySeed);
        }
    }

    /** As in memory: a step for each whole batch, nothing cut, nothing held back. */
    private static PolicyDefinition definition(Objective objective, String name) {
        PolicyDefinition named = Definitions.with(objective.definition(), "policy", name);
        PolicyDefinition whole = Definitions.with(named, "batch.max-age", "60s");
        PolicyDefinition unguarded = Definitions.with(whole, "guards.gradient-norm", "unlimited");
        return Definitions.with(unguarded, "publish.min-interval", "0s");
    }

    /** So many versions of each run; by variant, in the order of the seeds. */
    Map<Served, List<ServedRun>> learn(int versions) throws InterruptedException {
        List<PolicyDefinition> all =
                policies.values().stream().flatMap(List::stream).toList();
        ExecutorService threads = Executors.newFixedThreadPool(all.size());
        try (LocalSystem system = LocalSystem.start(LocalSystemOptions.temporary(all)
                .withReplicas(1)
                .seeded(seeds[0])
                .listenedToBy(replica -> replica.equals(REPLICA) ? listener() : UpdateListener.NONE))) {
            Millrace millrace = system.replicas().get(0).millrace();
            Map<Served, List<Future<ServedRun>>> running = new LinkedHashMap<>();
            policies.forEach((variant, bySeed) -> running.put(variant, start(threads, millrace, variant, versions)));
            Map<Served, List<ServedRun>> runs = new LinkedHashMap<>();
            for (Map.Entry<Served, List<Future<ServedRun>>> variant : running.entrySet()) {
                List<ServedRun> done = new ArrayList<>();
                for (Future<ServedRun> run : variant.getValue()) {
                    done.add(run.get());
                }
                runs.put(variant.getKey(), done);
            }
            return runs;
        } catch (ExecutionException e) {
            throw new IllegalStateException("staleness: a run through the pipeline failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Future<ServedRun>> start(ExecutorService threads, Millrace millrace, Served variant, int versions) {
        List<Future<ServedRun>> runs = new ArrayList<>();
        for (int run = 0; run < seeds.length; run++) {
            String policy = policies.getOrDefault(variant, List.of()).get(run).policy();
            ServedSpelling spelling =
                    new ServedSpelling(millrace, policy, heard(policy), variant.lag(), seeds[run], clock);
            runs.add(threads.submit(() -> spelling.learn(versions)));
        }
        return runs;
    }

    private UpdateListener listener() {
        Map<String, UpdateListener> listeners = new HashMap<>();
        learned.forEach((policy, heard) -> listeners.put(policy, heard.listener()));
        return (policy, update, outcome, at) -> {
            UpdateListener own = listeners.get(policy);
            if (own != null) {
                own.onUpdate(policy, update, outcome, at);
            }
        };
    }

    private LearnedTrajectories heard(String policy) {
        LearnedTrajectories heard = learned.get(policy);
        if (heard == null) {
            throw new IllegalStateException("staleness: expected one of " + learned.keySet() + ", found " + policy);
        }
        return heard;
    }
}
