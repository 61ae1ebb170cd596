package io.millrace.bench.curves.pronounce;

import io.millrace.bench.curves.pronounce.LearningCurve.Point;
import io.millrace.local.system.LocalSystem;
import io.millrace.local.system.LocalSystemOptions;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.sdk.replica.UpdateListener;
import io.millrace.simulator.Simulation;
import io.millrace.simulator.SimulationSettings;
import io.millrace.simulator.pace.ClosedLoop;
import io.millrace.simulator.service.SdkService;
import io.millrace.simulator.world.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * One run of the whole pipeline, as the demo is one: a broker, the learner job on a Flink cluster, a serving replica, and
 * users who pace themselves by the update lag; until so many trajectories are learned.
 */
final class PronounceRun {

    private static final double TARGET_LAG_MILLIS = 250;
    private static final double FIRST_RATE_PER_SECOND = 2500;
    private static final double MOST_PER_SECOND = 8000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String REPLICA = "replica-1";

    private final PolicyDefinition policy;
    private final World world;
    private final Consumer<String> progress;
    private final Clock clock = Clock.systemUTC();
    private final LearnedTrajectories learned = new LearnedTrajectories(clock);

    PronounceRun(PolicyDefinition policy, World world, Consumer<String> progress) {
        this.policy = policy;
        this.world = world;
        this.progress = progress;
    }

    /**
     * Learns from {@code trajectories} or a few more; the error over all held-out words at the start and at
     * {@code looks} further points, evenly spaced.
     */
    LearningCurve learn(long trajectories, int looks) throws InterruptedException {
        LocalSystemOptions options = LocalSystemOptions.temporary(List.of(policy))
                .withReplicas(1)
                .seeded(policy.seed())
                .listenedToBy(replica -> replica.equals(REPLICA) ? learned.listener() : UpdateListener.NONE);
        try (LocalSystem system = LocalSystem.start(options)) {
            SdkService service = new SdkService(system.replicas().get(0).millrace(), policy.policy());
            List<Point> points = new ArrayList<>();
            points.add(new Point(0, error(service)));
            Instant began = clock.instant();
            try (Simulation users = Simulation.of(world, service, SimulationSettings.seeded(policy.seed()))
                    .pace(new ClosedLoop(TARGET_LAG_MILLIS, FIRST_RATE_PER_SECOND, MOST_PER_SECOND), learned::lagMillis)
                    .start()) {
                for (int look = 1; look <= looks; look++) {
                    points.add(look(trajectories * look / looks, service));
                }
                users.stopAsking();
            }
            return new LearningCurve(
                    points, Duration.between(began, clock.instant()).toMillis() / 1e3);
        }
    }

    private Point look(long wanted, SdkService service) throws InterruptedException {
        long trajectories = learned.await(wanted, PATIENCE);
        Point point = new Point(trajectories, error(service));
        progress.accept(String.format(
                Locale.ROOT,
                "%s, seed %d: %,d trajectories, held-out error %.1f%%",
                policy.policy(),
                policy.seed(),
                point.trajectories(),
                100 * point.error()));
        return point;
    }

    /** Users go on asking meanwhile, so θ may move a little between the first word and the last. */
    private double error(SdkService service) {
        return world.error(service, Integer.MAX_VALUE);
    }
}
