package io.millrace.bench.curves.control;

import io.millrace.bench.environments.Environment;
import io.millrace.sdk.CutOff;
import io.millrace.sdk.Feedback;
import io.millrace.sdk.GenerationRequest;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.Output;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * Acts in one environment by what a serving replica says, and tells the learner how it went. A trajectory is what is played
 * between two rounds of learning, and ends with the episode at the latest; unless the episode has ended, it is cut off.
 */
final class ServedPlayer {

    private final Millrace millrace;
    private final ControlPolicy policy;
    private final Environment environment;
    private final RandomGenerator random;
    private final Clock clock;
    private String trajectoryId = "";
    private final List<Double> rewards = new ArrayList<>();
    private int stepsOfEpisode;
    private double sumOfEpisode;

    ServedPlayer(
            Millrace millrace, ControlPolicy policy, Environment environment, RandomGenerator random, Clock clock) {
        this.millrace = millrace;
        this.policy = policy;
        this.environment = environment;
        this.random = random;
        this.clock = clock;
        environment.reset(random);
    }

    /** Begins a trajectory, where the last one ended. */
    void begin() {
        trajectoryId = UUID.randomUUID().toString();
        rewards.clear();
    }

    /** Asks for the next action; nobody knows whether it is the last. */
    CompletableFuture<Output> ask() {
        return millrace.generate(state().last(false).build());
    }

    /** Acts; whether the trajectory is over with it. */
    boolean act(Output output) {
        double reward = environment.step(policy.action(output));
        rewards.add(reward);
        stepsOfEpisode++;
        sumOfEpisode += reward;
        return isOver();
    }

    private boolean isOver() {
        return environment.isTerminal() || stepsOfEpisode == environment.timeLimit();
    }

    /** Sends what every step was worth, and how the trajectory ended. */
    List<CompletableFuture<Void>> tell() {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (int step = 0; step < rewards.size(); step++) {
            sent.add(reward(step, environment.isTerminal() && step == rewards.size() - 1));
        }
        if (!environment.isTerminal()) {
            sent.add(millrace.cutOff(new CutOff(state().build())));
        }
        return sent;
    }

    /** Begins the next episode where one is over; the sum of its rewards. */
    OptionalDouble finish() {
        if (!isOver()) {
            return OptionalDouble.empty();
        }
        double sum = sumOfEpisode;
        stepsOfEpisode = 0;
        sumOfEpisode = 0;
        environment.reset(random);
        return OptionalDouble.of(sum);
    }

    private GenerationRequest.Builder state() {
        return GenerationRequest.forPolicy(policy.name())
                .vector(environment.observation())
                // One segment, one lane: so a batch is not dealt out to several.
                .segment("all")
                .step(trajectoryId, rewards.size());
    }

    private CompletableFuture<Void> reward(int step, boolean last) {
        return millrace.feedback(new Feedback(
                policy.name(),
                trajectoryId,
                Integer.toString(step),
                OptionalInt.of(step),
                Feedback.DEFAULT_METRIC,
                rewards.get(step),
                clock.instant(),
                last,
                Optional.empty()));
    }
}
