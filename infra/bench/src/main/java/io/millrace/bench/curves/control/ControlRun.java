package io.millrace.bench.curves.control;

import io.millrace.bench.environments.Environment;
import io.millrace.bench.learner.MemoryLearner;
import io.millrace.policy.Batch;
import io.millrace.policy.spec.PolicyDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Learns to control an environment, in memory: plays some steps in several environments with one θ, learns from them, and
 * plays on. Advantages come from the policy's own value head.
 */
public final class ControlRun {

    private final MemoryLearner learner;
    private final Rollouts rollouts;
    private final List<Player> players;
    private long frames;

    /**
     * A run from the definition's θ₀.
     *
     * @param definition of a policy whose prompts are dense and whose actions are the environment's, with a critic
     * @param seed of everything drawn; the definition has that of θ₀
     */
    public ControlRun(
            PolicyDefinition definition, Supplier<? extends Environment> environments, Rollouts rollouts, long seed) {
        this.learner = new MemoryLearner(definition);
        this.rollouts = rollouts;
        var random = new SplittableRandom(seed);
        this.players = IntStream.range(0, rollouts.environments())
                .mapToObj(i -> new Player(learner, environments.get(), random.split()))
                .toList();
    }

    /** Learns round after round until at least {@code untilFrames} steps are played in all; the episodes that ended meanwhile. */
    public List<FinishedEpisode> learn(long untilFrames) {
        List<FinishedEpisode> played = new ArrayList<>();
        while (frames < untilFrames) {
            learner.learn(round(played));
        }
        return played;
    }

    private List<Batch> round(List<FinishedEpisode> played) {
        frames += rollouts.frames();
        List<Batch> batches = IntStream.range(0, rollouts.microBatches())
                .mapToObj(i -> new Batch())
                .toList();
        for (int i = 0; i < players.size(); i++) {
            players.get(i)
                    .play(
                            rollouts.steps(),
                            batches.get(i % batches.size()),
                            sum -> played.add(new FinishedEpisode(frames, sum)));
        }
        return batches;
    }
}
