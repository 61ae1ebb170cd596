package io.millrace.bench.curves.choice;

import io.millrace.bench.learner.LearnedTrajectories;
import io.millrace.policy.Prompt;
import io.millrace.sdk.Feedback;
import io.millrace.sdk.GenerationRequest;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.Output;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Asks a serving replica to choose, rewards it, and plays on when the replica serves what was learned from that. */
final class ServedChooser implements Player {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Millrace millrace;
    private final String policy;
    private final LearnedTrajectories learned;
    private final Clock clock;
    private long rounds;
    private @Nullable Output output;

    /** @param learned hears of the policy's updates that the replica applies */
    ServedChooser(Millrace millrace, String policy, LearnedTrajectories learned, Clock clock) {
        this.millrace = millrace;
        this.policy = policy;
        this.learned = learned;
        this.clock = clock;
    }

    @Override
    public int choose(Round round) {
        // One segment, one lane: each reward is a step of its own, in order.
        var request = GenerationRequest.forPolicy(policy).segment("all");
        round.prompt().features().forEach(request::feature);
        List<Prompt.Option> options = round.prompt().options();
        options.forEach(option -> request.candidate(option.id(), option.features()));
        Output chosen = millrace.generate(request.build()).join();
        output = chosen;
        return options.stream()
                .map(Prompt.Option::id)
                .toList()
                .indexOf(chosen.output().get(0));
    }

    @Override
    public void learn(double reward) throws InterruptedException {
        Output chosen = output;
        if (chosen == null) {
            throw new IllegalStateException("reward: expected a choice before it, found none");
        }
        millrace.feedback(new Feedback(
                        policy,
                        chosen.trajectoryId(),
                        chosen.trajectoryId(),
                        OptionalInt.empty(),
                        Feedback.DEFAULT_METRIC,
                        reward,
                        clock.instant(),
                        true,
                        Optional.empty()))
                .join();
        rounds++;
        long seen = learned.await(rounds, PATIENCE);
        if (seen != rounds) {
            throw new IllegalStateException("learned: expected the " + rounds + " that were rewarded, found " + seen);
        }
    }
}
