package io.millrace.local.endtoend;

import io.millrace.sdk.Feedback;
import io.millrace.sdk.GenerationRequest;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.Output;
import io.millrace.simulator.Simulation;
import io.millrace.simulator.SimulationSettings;
import io.millrace.simulator.Worlds;
import io.millrace.simulator.listening.Listeners;
import io.millrace.simulator.pace.Pacer;
import io.millrace.simulator.service.SdkService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** People who use a policy. */
final class Users {

    private static final double PER_SECOND = 250;
    private static final long SEED = 11;

    /** Quick to answer, some of them never, twice, or before their output is logged. */
    private static final Listeners LISTENERS = new Listeners(Duration.ofMillis(150), 0.05, 0.03, 0.03);

    private Users() {}

    /** A crowd that keeps coming until it is stopped, with a ledger of what must be learned from it. */
    static Simulation crowd(Millrace millrace, String policy) {
        return Simulation.of(
                        Worlds.named("bandit", SEED),
                        new SdkService(millrace, policy),
                        new SimulationSettings(SEED, 1, 0, 1, 4096, LISTENERS))
                .ledger(Millrace::ledgerHash)
                .pace(Pacer.fixed(PER_SECOND), () -> Double.NaN)
                .start();
    }

    /** As many people as that, who all like "a"; when this returns, Kafka has all they did. Answers with their ledger. */
    static long[] few(Millrace millrace, String policy, int trajectories) {
        return few(millrace, policy, trajectories, Users::liking);
    }

    /** The same of people with another taste. */
    static long[] few(Millrace millrace, String policy, int trajectories, ToDoubleFunction<Output> taste) {
        List<CompletableFuture<Output>> outputs = Stream.generate(() -> millrace.generate(request(policy)))
                .limit(trajectories)
                .toList();
        List<Output> heard = outputs.stream().map(CompletableFuture::join).toList();
        heard.stream()
                .map(output -> millrace.feedback(reaction(output, taste.applyAsDouble(output))))
                .toList()
                .forEach(CompletableFuture::join);
        return heard.stream()
                .mapToLong(output -> Millrace.ledgerHash(output.trajectoryId()))
                .toArray();
    }

    static GenerationRequest request(String policy) {
        return GenerationRequest.forPolicy(policy)
                .feature("user", 1)
                .candidate("a", Map.of("a", 1f))
                .candidate("b", Map.of("b", 1f))
                .build();
    }

    private static double liking(Output output) {
        return output.output().equals(List.of("a")) ? 1 : 0;
    }

    static Feedback reaction(Output output) {
        return reaction(output, liking(output));
    }

    private static Feedback reaction(Output output, double value) {
        return new Feedback(
                output.policy(),
                output.trajectoryId(),
                "only",
                OptionalInt.empty(),
                Feedback.DEFAULT_METRIC,
                value,
                Instant.now(),
                true,
                Optional.empty());
    }
}
