package io.millrace.bench.curves.control;

import io.millrace.sdk.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Learns to control an environment through the whole pipeline, as synchronously as it can be: plays a round in several
 * environments with one θ, tells the learner how it went, and plays on when the replica serves what was learned from it.
 */
final class ServedControl {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ControlPolicy policy;
    private final int steps;
    private final List<ServedPlayer> players;
    private final ServedLearning learning;
    private final List<FinishedEpisode> episodes = new ArrayList<>();
    private long frames;
    private long rounds;

    /**
     * @param steps of a round at most, in each environment
     * @param learning hears of the policy's updates that the players' replica applies
     */
    ServedControl(ControlPolicy policy, int steps, List<ServedPlayer> players, ServedLearning learning) {
        this.policy = policy;
        this.steps = steps;
        this.players = players;
        this.learning = learning;
    }

    /** Learns round after round until at least {@code untilFrames} steps are played in all. */
    ServedControlRun learn(long untilFrames) throws InterruptedException {
        long before = learning.steps();
        while (frames < untilFrames) {
            // Counted before the round: its first step may be served before the last of what it has to tell is
            // acknowledged.
            long passed = learning.steps() + policy.passes();
            round();
            rounds++;
            learning.await(rounds * players.size(), passed, PATIENCE);
        }
        double share = (double) (learning.steps() - before) / (rounds * policy.passes());
        return new ServedControlRun(
                new ReturnCurve(episodes), learning.meanStaleness(), learning.greatestStaleness(), share);
    }

    private void round() {
        players.forEach(ServedPlayer::begin);
        List<ServedPlayer> playing = players;
        for (int step = 0; step < steps && !playing.isEmpty(); step++) {
            frames += playing.size();
            playing = step(playing);
        }
        List<CompletableFuture<Void>> told = new ArrayList<>();
        players.forEach(player -> told.addAll(player.tell()));
        told.forEach(CompletableFuture::join);
        for (ServedPlayer player : players) {
            player.finish().ifPresent(sum -> episodes.add(new FinishedEpisode(frames, sum)));
        }
    }

    /** One step of each, all asked for at once; those that go on. */
    private static List<ServedPlayer> step(List<ServedPlayer> playing) {
        Map<ServedPlayer, CompletableFuture<Output>> asked = new LinkedHashMap<>();
        playing.forEach(player -> asked.put(player, player.ask()));
        List<ServedPlayer> left = new ArrayList<>();
        asked.forEach((player, output) -> {
            if (!player.act(output.join())) {
                left.add(player);
            }
        });
        return left;
    }
}
