package io.millrace.simulator.service;

import io.millrace.sdk.Feedback;
import io.millrace.sdk.GenerationRequest;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.Output;
import io.millrace.simulator.world.Preview;
import io.millrace.simulator.world.Situation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** The service inside this JVM. */
public final class SdkService implements Service, Preview {

    private static final Optional<String> SOURCE = Optional.of("simulator");

    private final Millrace millrace;
    private final String policy;

    public SdkService(Millrace millrace, String policy) {
        this.millrace = millrace;
        this.policy = policy;
    }

    @Override
    public CompletableFuture<Answer> generate(Situation situation) {
        return millrace.generate(request(situation, GenerationRequest.Draw.SAMPLE))
                .thenApply(SdkService::answer);
    }

    private static Answer answer(Output output) {
        return new Answer(output.trajectoryId(), output.trajectoryId(), output.output());
    }

    @Override
    public CompletableFuture<Void> feedback(Answer answer, Reaction reaction) {
        return millrace.feedback(new Feedback(
                policy,
                answer.ticket(),
                reaction.rewardId(),
                OptionalInt.empty(),
                Feedback.DEFAULT_METRIC,
                reaction.value(),
                reaction.observedAt(),
                true,
                SOURCE));
    }

    @Override
    public List<String> likeliest(Situation situation) {
        return millrace.preview(request(situation, GenerationRequest.Draw.GREEDY))
                .output();
    }

    private GenerationRequest request(Situation situation, GenerationRequest.Draw draw) {
        GenerationRequest.Builder request = GenerationRequest.forPolicy(policy).draw(draw);
        situation.segment().ifPresent(request::segment);
        if (situation instanceof Situation.Sequence sequence) {
            request.tokens(sequence.tokens());
        } else if (situation instanceof Situation.Choice choice) {
            choice.features().forEach(request::feature);
            choice.candidates().forEach(candidate -> request.candidate(candidate.id(), candidate.features()));
        }
        return request.build();
    }
}
