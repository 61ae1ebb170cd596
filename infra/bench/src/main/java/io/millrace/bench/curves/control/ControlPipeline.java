package io.millrace.bench.curves.control;

import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.system.LocalSystem;
import io.millrace.local.system.LocalSystemOptions;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.MillraceConfig;
import io.millrace.sdk.MillraceEnvironment;
import io.millrace.sdk.replica.UpdateListener;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** A task learned through the whole pipeline, by all its methods and seeds at once in one system: a policy each. */
final class ControlPipeline {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** A step waits for its record to be acknowledged: nothing is gained by waiting for company. */
    private static final Map<String, String> AT_ONCE = Map.of("linger.ms", "0");

    private final ControlTask task;
    private final long[] seeds;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, ServedLearning> learning = new HashMap<>();
    private final Map<ControlMethod, List<ControlPolicy>> policies = new LinkedHashMap<>();

    ControlPipeline(ControlTask task, long[] seeds) {
        this.task = task;
        this.seeds = seeds.clone();
        for (ControlMethod method : task.methods()) {
            List<ControlPolicy> bySeed = new ArrayList<>();
            for (int run = 0; run < seeds.length; run++) {
                ControlPolicy policy = ControlPolicy.of(method, task.actions(), run, seeds[run]);
                bySeed.add(policy);
                learning.put(policy.name(), new ServedLearning(clock));
            }
            policies.put(method, bySeed);
        }
    }

    /** So many steps of each run; by method, in the order of the seeds. */
    Map<ControlMethod, List<ServedControlRun>> learn(long frames) throws InterruptedException {
        List<PolicyDefinition> all = policies.values().stream()
                .flatMap(List::stream)
                .map(ControlPolicy::definition)
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(all.size());
        try (LocalSystem system =
                        LocalSystem.start(LocalSystemOptions.temporary(all).withReplicas(1));
                Millrace millrace = open(system.kafka())) {
            Map<ControlMethod, List<Future<ServedControlRun>>> running = new LinkedHashMap<>();
            policies.forEach((method, bySeed) -> running.put(method, start(threads, millrace, method, frames)));
            Map<ControlMethod, List<ServedControlRun>> done = new LinkedHashMap<>();
            for (Map.Entry<ControlMethod, List<Future<ServedControlRun>>> method : running.entrySet()) {
                List<ServedControlRun> runs = new ArrayList<>();
                for (Future<ServedControlRun> run : method.getValue()) {
                    runs.add(run.get());
                }
                done.put(method.getKey(), runs);
            }
            return done;
        } catch (ExecutionException e) {
            throw new IllegalStateException(task.name() + ": a run through the pipeline failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Future<ServedControlRun>> start(
            ExecutorService threads, Millrace millrace, ControlMethod method, long frames) {
        List<Future<ServedControlRun>> runs = new ArrayList<>();
        for (int run = 0; run < seeds.length; run++) {
            ControlPolicy policy = policies.getOrDefault(method, List.of()).get(run);
            var random = new SplittableRandom(seeds[run]);
            List<ServedPlayer> players = IntStream.range(0, method.rollouts().environments())
                    .mapToObj(i -> new ServedPlayer(
                            millrace, policy, task.environments().get(), random.split(), clock))
                    .toList();
            var control = new ServedControl(policy, method.rollouts().steps(), players, heard(policy.name()));
            runs.add(threads.submit(() -> control.learn(frames)));
        }
        return runs;
    }

    private Millrace open(KafkaAccess kafka) throws InterruptedException {
        MillraceEnvironment environment =
                MillraceEnvironment.standard().withSeed(seeds[0]).withListener(listener());
        Millrace millrace = Millrace.open(
                new MillraceConfig(
                        kafka.bootstrapServers(),
                        kafka.topics().prefix(),
                        "player",
                        Set.copyOf(learning.keySet()),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        AT_ONCE),
                environment);
        if (!millrace.awaitReady(PATIENCE)) {
            millrace.close();
            throw new IllegalStateException(task.name() + ": expected parameters of " + learning.keySet() + " within "
                    + PATIENCE + ", found some missing");
        }
        return millrace;
    }

    private UpdateListener listener() {
        Map<String, UpdateListener> listeners = new HashMap<>();
        learning.forEach((policy, heard) -> listeners.put(policy, heard.listener()));
        return (policy, update, outcome, at) -> {
            UpdateListener own = listeners.get(policy);
            if (own != null) {
                own.onUpdate(policy, update, outcome, at);
            }
        };
    }

    private ServedLearning heard(String policy) {
        ServedLearning heard = learning.get(policy);
        if (heard == null) {
            throw new IllegalStateException(
                    task.name() + ": expected one of " + learning.keySet() + ", found " + policy);
        }
        return heard;
    }
}
