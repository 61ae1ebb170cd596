package io.millrace.local.cli;

import io.millrace.local.admin.KafkaAccess;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.MillraceConfig;
import io.millrace.simulator.Simulation;
import io.millrace.simulator.SimulationSettings;
import io.millrace.simulator.Statistics;
import io.millrace.simulator.Worlds;
import io.millrace.simulator.pace.Pacer;
import io.millrace.simulator.service.SdkService;
import io.millrace.simulator.world.World;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Simulated users alone. */
@Command(
        name = "simulate",
        description = "Simulated users alone, served inside this JVM, against any Kafka where a learner runs.",
        mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration LAST_WORDS = Duration.ofSeconds(60);
    private static final Duration ACKNOWLEDGE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(1);

    @Mixin
    private final Printing printing = new Printing();

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--world",
            paramLabel = "NAME",
            defaultValue = "pronounce",
            description = "pronounce or bandit. Default: ${DEFAULT-VALUE}.")
    private String world = "";

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            description = "The policy that they use. Default: the world's name.")
    private Optional<String> policy = Optional.empty();

    @Option(names = "--seed", defaultValue = "7", description = "Of all that is drawn. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "500",
            description = "Outputs asked for in a second. Default: ${DEFAULT-VALUE}.")
    private double perSecond;

    @Option(names = "--for", paramLabel = "TIME", description = "How long. Default: until interrupted.")
    private Optional<Duration> length = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        World users = Worlds.named(world, seed);
        Pacer pacer = Pacer.fixed(perSecond);
        String name = policy.orElse(world);
        try (UntilStopped running = UntilStopped.begin();
                Millrace millrace = Millrace.open(config(kafka.access(), name))) {
            if (!millrace.awaitReady(READY_WITHIN)) {
                throw new IllegalStateException("simulate: expected parameters of policy '" + name + "' within "
                        + READY_WITHIN + ", found none; is it applied, and does a learner run?");
            }
            return simulate(users, pacer, new SdkService(millrace, name), running);
        }
    }

    private int simulate(World users, Pacer pacer, SdkService service, UntilStopped running)
            throws InterruptedException {
        try (Simulation simulation = Simulation.of(users, service, SimulationSettings.seeded(seed))
                .pace(pacer, () -> Double.NaN)
                .start()) {
            if (length.isPresent()) {
                boolean early = running.await(length.get());
                printing.progress().print(early ? "Stopped early\n" : "");
            } else {
                running.await();
            }
            boolean settled = simulation.stop(LAST_WORDS);
            Statistics statistics = simulation.statistics();
            printing.print(
                    statistics,
                    String.format(
                            Locale.ROOT,
                            "%,d outputs, %,d rewarded, mean reward %.3f of the first tenth, %.3f of the last",
                            statistics.generated(),
                            statistics.rewarded(),
                            statistics.rewardMeanFirst(),
                            statistics.rewardMeanLast()));
            return settled ? 0 : MillraceCli.FELL_SHORT;
        }
    }

    private MillraceConfig config(KafkaAccess access, String name) {
        return new MillraceConfig(
                access.bootstrapServers(),
                access.topics().prefix(),
                ReplicaName.ofThisProcess("simulator"),
                Set.of(name),
                ACKNOWLEDGE_TIMEOUT,
                HEARTBEAT_EVERY,
                access.client());
    }
}
