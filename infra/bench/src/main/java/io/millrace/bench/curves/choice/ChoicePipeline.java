package io.millrace.bench.curves.choice;

import io.millrace.bench.learner.Definitions;
import io.millrace.bench.learner.LearnedTrajectories;
import io.millrace.local.system.LocalSystem;
import io.millrace.local.system.LocalSystemOptions;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.MillraceConfig;
import io.millrace.sdk.MillraceEnvironment;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;

/** Problems played through the whole pipeline, with all their seeds at once in one system: a policy and a replica each. */
final class ChoicePipeline {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** A round waits for its records to be acknowledged: nothing is gained by waiting for company. */
    private static final Map<String, String> AT_ONCE = Map.of("linger.ms", "0");

    private final PolicyDefinition definition;
    private final Clock clock = Clock.systemUTC();

    /** @param definition as learned from in memory, a step after each round */
    ChoicePipeline(PolicyDefinition definition) {
        this.definition = Definitions.servedAsInMemory(definition);
    }

    /** The progressive rewards of each problem, [seeds × points], as {@link Contestant#play} has them. */
    Map<Problem, double[][]> play(
            List<Problem> problems, ToIntFunction<Problem> rounds, int firstSeed, int seeds, int points)
            throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(problems.size() * seeds);
        try (LocalSystem system = LocalSystem.start(
                LocalSystemOptions.temporary(definitions(problems, seeds)).withReplicas(1))) {
            String broker = system.kafka().bootstrapServers();
            String topics = system.kafka().topics().prefix();
            Map<Problem, List<Future<double[]>>> running = new LinkedHashMap<>();
            for (Problem problem : problems) {
                List<Future<double[]>> bySeed = new ArrayList<>();
                for (int i = 0; i < seeds; i++) {
                    String policy = policy(problem, i);
                    int seed = firstSeed + i;
                    bySeed.add(threads.submit(() -> play(
                            broker, topics, policy, problem.begin(seed), rounds.applyAsInt(problem), seed, points)));
                }
                running.put(problem, bySeed);
            }
            return results(running);
        } catch (ExecutionException e) {
            throw new IllegalStateException("choices: a run through the pipeline failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private double[] play(
            String broker, String topics, String policy, Problem.Game game, int rounds, int seed, int points)
            throws InterruptedException {
        var learned = new LearnedTrajectories(clock);
        // Rounds and choices are drawn by seeds of their own.
        MillraceEnvironment environment =
                MillraceEnvironment.standard().withSeed(~seed).withListener(learned.listener());
        var config = new MillraceConfig(
                broker, topics, policy, Set.of(policy), Duration.ofSeconds(10), Duration.ofSeconds(1), AT_ONCE);
        try (Millrace millrace = Millrace.open(config, environment)) {
            if (!millrace.awaitReady(PATIENCE)) {
                throw new IllegalStateException(
                        "choices: expected parameters of '" + policy + "' within " + PATIENCE + ", found none");
            }
            return Player.progressiveRewards(new ServedChooser(millrace, policy, learned, clock), game, rounds, points);
        }
    }

    private static Map<Problem, double[][]> results(Map<Problem, List<Future<double[]>>> running)
            throws InterruptedException, ExecutionException {
        Map<Problem, double[][]> rewards = new LinkedHashMap<>();
        for (Map.Entry<Problem, List<Future<double[]>>> entry : running.entrySet()) {
            List<double[]> bySeed = new ArrayList<>();
            for (Future<double[]> run : entry.getValue()) {
                bySeed.add(run.get());
            }
            rewards.put(entry.getKey(), bySeed.toArray(double[][]::new));
        }
        return rewards;
    }

    private List<PolicyDefinition> definitions(List<Problem> problems, int seeds) {
        List<PolicyDefinition> all = new ArrayList<>();
        for (Problem problem : problems) {
            for (int i = 0; i < seeds; i++) {
                all.add(Definitions.with(definition, "policy", policy(problem, i)));
            }
        }
        return all;
    }

    private static String policy(Problem problem, int run) {
        return problem.name().toLowerCase(Locale.ROOT) + "-" + run;
    }
}
