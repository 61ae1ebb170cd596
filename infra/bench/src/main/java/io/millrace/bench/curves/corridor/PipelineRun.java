package io.millrace.bench.curves.corridor;

import io.millrace.bench.learner.LearnedTrajectories;
import io.millrace.sdk.Feedback;
import io.millrace.sdk.GenerationRequest;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.Output;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * One corridor, learned from scratch through the whole pipeline: each step asked of a serving replica, each rewarded, and the
 * next episode begun when the replica serves what was learned from this one.
 */
final class PipelineRun {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Only a policy that has all but given up going one way exceeds it. */
    private static final int MOST_STEPS = 5_000;

    private final Millrace millrace;
    private final String policy;
    private final LearnedTrajectories learned;
    private final Clock clock;
    private final ShortCorridor corridor = new ShortCorridor();
    private long episodes;

    /** @param learned hears of the updates that {@code millrace} applies */
    PipelineRun(Millrace millrace, String policy, LearnedTrajectories learned, Clock clock) {
        this.millrace = millrace;
        this.policy = policy;
        this.learned = learned;
        this.clock = clock;
    }

    /** Walks to the goal, and returns when what it learned from it is served; whether each step went right. */
    Walk episode() throws InterruptedException {
        String trajectoryId = UUID.randomUUID().toString();
        List<CompletableFuture<Void>> rewards = new ArrayList<>();
        corridor.reset();
        Walk walk = new Walk();
        boolean ended = false;
        while (!ended) {
            boolean right = goesRight(step(trajectoryId, walk.steps()));
            corridor.move(right);
            ended = corridor.isAtGoal() || walk.steps() + 1 == MOST_STEPS;
            rewards.add(reward(trajectoryId, walk.steps(), ended));
            walk.go(right);
        }
        rewards.forEach(CompletableFuture::join);
        episodes++;
        learned.await(episodes, PATIENCE);
        return walk;
    }

    private Output step(String trajectoryId, int step) {
        // Nobody knows before it is taken whether a step is the last: the world decides, and the reward says so.
        return millrace.generate(request().step(trajectoryId, step).last(false).build())
                .join();
    }

    private CompletableFuture<Void> reward(String trajectoryId, int step, boolean last) {
        return millrace.feedback(new Feedback(
                policy,
                trajectoryId,
                trajectoryId + "-" + step,
                OptionalInt.of(step),
                Feedback.DEFAULT_METRIC,
                ShortCorridor.REWARD,
                clock.instant(),
                last,
                Optional.empty()));
    }

    /** π_θ(right) of the parameters served now, the same in every state. */
    double probabilityOfRight() {
        // Of two, either tells both; a greedy one would only tell that nothing else could have come.
        Output drawn = millrace.preview(request().build());
        return goesRight(drawn) ? drawn.probability() : 1 - drawn.probability();
    }

    private GenerationRequest.Builder request() {
        return GenerationRequest.forPolicy(policy)
                .candidate(CorridorRun.LEFT, Map.of())
                .candidate(CorridorRun.RIGHT, Map.of());
    }

    private static boolean goesRight(Output output) {
        return output.output().get(0).equals(CorridorRun.RIGHT);
    }
}
