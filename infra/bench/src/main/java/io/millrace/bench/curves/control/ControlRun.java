package io.millrace.bench.curves.control;

import io.millrace.bench.environments.Environment;
import io.millrace.bench.learner.MemoryLearner;
import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Prompt;
import io.millrace.policy.Trajectory;
import io.millrace.policy.spec.PolicyDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Learns to control an environment, in memory: plays whole episodes with one θ until there are enough steps, takes a step
 * along their mean gradient, and plays again. A trajectory is an episode; one that the time limit cuts off counts as ended, as
 * it does in the pipeline.
 *
 * <p>Advantages come from the policy's own value head, or are the returns: nothing is subtracted out here.
 */
public final class ControlRun {

    private final MemoryLearner learner;
    private final Environment environment;
    private final int framesPerBatch;
    private final SplittableRandom random;
    private final Batch batch = new Batch();
    private long frames;

    /**
     * @param definition of a policy whose prompts are dense and whose actions are the environment's
     * @param framesPerBatch steps after which a batch ends, with the episode under way; at least 1
     * @param seed of everything drawn; the definition has that of θ₀
     */
    public ControlRun(PolicyDefinition definition, Environment environment, int framesPerBatch, long seed) {
        if (framesPerBatch < 1) {
            throw new IllegalArgumentException("frames per batch: expected at least 1, found " + framesPerBatch);
        }
        this.learner = new MemoryLearner(definition);
        this.environment = environment;
        this.framesPerBatch = framesPerBatch;
        this.random = new SplittableRandom(seed);
    }

    /** Learns batch after batch until at least {@code untilFrames} steps are played in all; the episodes played meanwhile. */
    public List<FinishedEpisode> learn(long untilFrames) {
        List<FinishedEpisode> played = new ArrayList<>();
        while (frames < untilFrames) {
            batch.clear();
            while (batch.actions() < framesPerBatch) {
                played.add(play());
            }
            learner.learn(batch);
        }
        return played;
    }

    /** Plays an episode into the batch. */
    private FinishedEpisode play() {
        List<Decision> decisions = new ArrayList<>();
        double[] rewards = new double[environment.timeLimit()];
        double sum = 0;
        environment.reset(random);
        while (!environment.isTerminal() && decisions.size() < environment.timeLimit()) {
            Context context = learner.policy().encode(new Prompt.Dense(environment.observation()));
            Decision decision = learner.decide(context, random);
            double reward = environment.step(decision.actions()[0]);
            rewards[decisions.size()] = reward;
            sum += reward;
            decisions.add(decision);
        }
        frames += decisions.size();
        batch.add(
                new Trajectory(decisions, Arrays.copyOf(rewards, decisions.size()), Trajectory.Origin.GENERATED), sum);
        return new FinishedEpisode(frames, sum);
    }
}
