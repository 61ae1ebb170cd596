package io.millrace.bench.curves.corridor;

import io.millrace.bench.learner.Definitions;
import io.millrace.bench.learner.LearnedTrajectories;
import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.ParameterImport;
import io.millrace.local.system.LocalSystem;
import io.millrace.local.system.LocalSystemOptions;
import io.millrace.policy.Policies;
import io.millrace.policy.safetensors.ParameterFile;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.MillraceConfig;
import io.millrace.sdk.MillraceEnvironment;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Corridors learned through the whole pipeline, all at once in one system: a policy each, a replica each. They begin where those
 * in memory do, by an import of the same parameters.
 */
final class CorridorPipeline {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** A step waits for its record to be acknowledged: nothing is gained by waiting for company. */
    private static final Map<String, String> AT_ONCE = Map.of("linger.ms", "0");

    private final PolicyDefinition definition;
    private final Clock clock = Clock.systemUTC();

    /** @param definition as learned from in memory, where nothing is cut; its name is the first part of the policies' names */
    CorridorPipeline(PolicyDefinition definition) {
        this.definition =
                Definitions.with(Definitions.servedAsInMemory(definition), "guards.gradient-norm", "unlimited");
    }

    /** So many episodes of each run. */
    List<PipelineCorridor> learn(long[] seeds, int episodes) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(seeds.length);
        try (LocalSystem system =
                LocalSystem.start(LocalSystemOptions.temporary(List.of()).withReplicas(1))) {
            List<Future<PipelineCorridor>> runs = new ArrayList<>();
            for (int run = 0; run < seeds.length; run++) {
                PolicyDefinition own = Definitions.with(definition, "policy", definition.policy() + "-" + run);
                long seed = seeds[run];
                runs.add(threads.submit(() -> learn(system.kafka(), own, seed, episodes)));
            }
            List<PipelineCorridor> learned = new ArrayList<>();
            for (Future<PipelineCorridor> run : runs) {
                learned.add(run.get());
            }
            return learned;
        } catch (ExecutionException e) {
            throw new IllegalStateException("short-corridor: a run through the pipeline failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private PipelineCorridor learn(KafkaAccess kafka, PolicyDefinition own, long seed, int episodes)
            throws InterruptedException {
        importFirst(kafka, own);
        var learned = new LearnedTrajectories(clock);
        MillraceEnvironment environment =
                MillraceEnvironment.standard().withSeed(seed).withListener(learned.listener());
        try (Millrace millrace = Millrace.open(config(kafka, own.policy()), environment)) {
            if (!millrace.awaitReady(PATIENCE)) {
                throw new IllegalStateException("short-corridor: expected parameters of '" + own.policy() + "' within "
                        + PATIENCE + ", found none");
            }
            PipelineRun run = new PipelineRun(millrace, own.policy(), learned, clock);
            CorridorRun replay = new CorridorRun(own, seed);
            double[] returns = new double[episodes];
            double difference = 0;
            for (int episode = 0; episode < episodes; episode++) {
                // Afresh each time: with negative rewards only, who lags behind the walker is pushed further behind.
                replay.moveTo(run.probabilityOfRight());
                Walk walk = run.episode();
                replay.learn(walk);
                difference = Math.max(difference, Math.abs(run.probabilityOfRight() - replay.probabilityOfRight()));
                returns[episode] = walk.sumOfRewards();
            }
            return new PipelineCorridor(new LearnedCorridor(returns, run.probabilityOfRight()), difference);
        }
    }

    private static MillraceConfig config(KafkaAccess kafka, String policy) {
        return new MillraceConfig(
                kafka.bootstrapServers(),
                kafka.topics().prefix(),
                policy,
                Set.of(policy),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                AT_ONCE);
    }

    private void importFirst(KafkaAccess kafka, PolicyDefinition own) {
        ParameterFile first = ParameterFile.of(own.policy(), own.kind(), 1, 0, CorridorRun.firstParameters(own));
        try {
            Path file = Files.createTempFile(own.policy(), ".safetensors");
            try (OutputStream out = Files.newOutputStream(file)) {
                first.write(Policies.create(own).layout(), out);
            }
            new ParameterImport(kafka, clock).bringIn(own, file);
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("short-corridor: the first parameters could not be written", e);
        }
    }
}
