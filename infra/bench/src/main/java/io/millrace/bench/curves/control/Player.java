package io.millrace.bench.curves.control;

import io.millrace.bench.environments.Environment;
import io.millrace.bench.learner.MemoryLearner;
import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Prompt;
import io.millrace.policy.Trajectory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.random.RandomGenerator;

/**
 * Acts in one environment, some steps at a time. What is played at a time of one episode is a trajectory; unless the
 * episode has ended with it, it is cut off, and its last decision is the state that comes next, in which nobody acted.
 */
final class Player {

    private static final int[] NO_ACTIONS = {};
    private static final float[] NO_LOG_PROBS = {};

    private final MemoryLearner learner;
    private final Environment environment;
    private final RandomGenerator random;
    private final double[] rewards;
    private List<Decision> decisions = new ArrayList<>();
    private int stepsOfEpisode;
    private double sumOfEpisode;

    Player(MemoryLearner learner, Environment environment, RandomGenerator random) {
        this.learner = learner;
        this.environment = environment;
        this.random = random;
        this.rewards = new double[environment.timeLimit() + 1];
        environment.reset(random);
    }

    /** Plays {@code steps} steps into the batch; {@code finished} is told the sum of each episode's rewards. */
    void play(int steps, Batch batch, DoubleConsumer finished) {
        for (int step = 0; step < steps; step++) {
            act();
            boolean over = environment.isTerminal() || stepsOfEpisode == environment.timeLimit();
            if (over || step == steps - 1) {
                addTo(batch);
            }
            if (over) {
                finished.accept(sumOfEpisode);
                stepsOfEpisode = 0;
                sumOfEpisode = 0;
                environment.reset(random);
            }
        }
    }

    private void act() {
        Decision decision = learner.decide(state(), random);
        double reward = environment.step(decision.actions()[0]);
        rewards[decisions.size()] = reward;
        decisions.add(decision);
        stepsOfEpisode++;
        sumOfEpisode += reward;
    }

    private void addTo(Batch batch) {
        double sum = Arrays.stream(rewards, 0, decisions.size()).sum();
        if (!environment.isTerminal()) {
            rewards[decisions.size()] = 0;
            decisions.add(new Decision(state(), NO_ACTIONS, NO_LOG_PROBS));
        }
        double[] ofTrajectory = Arrays.copyOf(rewards, decisions.size());
        batch.add(new Trajectory(decisions, ofTrajectory, Trajectory.Origin.GENERATED), sum);
        decisions = new ArrayList<>();
    }

    private Context state() {
        return learner.policy().encode(new Prompt.Dense(environment.observation()));
    }
}
