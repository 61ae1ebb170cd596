package io.millrace.bench.curves.staleness;

import io.millrace.bench.learner.LearnedTrajectories;
import io.millrace.sdk.Feedback;
import io.millrace.sdk.GenerationRequest;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.Output;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * One cipher, learned from scratch through the whole pipeline. The lag is that of the feedback: a batch of spellings is judged
 * when so many further ones have been asked for, each of the newest version, and the next is asked for when the replica
 * serves what was learned from it.
 */
final class ServedSpelling {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Millrace millrace;
    private final String policy;
    private final LearnedTrajectories learned;
    private final int lag;
    private final Clock clock;
    private final SplittableRandom random;
    private final Cipher cipher;
    private final Deque<Spelled> unjudged = new ArrayDeque<>();

    /**
     * @param learned hears of the updates of the policy that {@code millrace} applies
     * @param seed of the cipher and of the words
     */
    ServedSpelling(Millrace millrace, String policy, LearnedTrajectories learned, int lag, long seed, Clock clock) {
        this.millrace = millrace;
        this.policy = policy;
        this.learned = learned;
        this.lag = lag;
        this.clock = clock;
        this.random = new SplittableRandom(seed);
        this.cipher = new Cipher(random);
    }

    /** A batch of words, spelled by one version, and what the spellings are worth. */
    private record Spelled(List<Output> outputs, double[] rewards) {

        long version() {
            return outputs.get(0).version();
        }

        double meanReward() {
            double sum = 0;
            for (double reward : rewards) {
                sum += reward;
            }
            return sum / rewards.length;
        }
    }

    /** So many versions. */
    ServedRun learn(int versions) throws InterruptedException {
        double[] rewards = new double[versions];
        long staleness = 0;
        for (int version = 0; version < versions; version++) {
            while (unjudged.size() <= lag) {
                unjudged.addLast(spell());
            }
            Spelled newest = unjudged.getLast();
            Spelled oldest = unjudged.removeFirst();
            rewards[version] = newest.meanReward();
            staleness += version < lag ? 0 : newest.version() - oldest.version();
            judge(oldest);
            learned.await((version + 1L) * Objective.BATCH, PATIENCE);
        }
        return new ServedRun(rewards, (double) staleness / Math.max(1, versions - lag));
    }

    private Spelled spell() {
        List<int[]> words = new ArrayList<>();
        List<CompletableFuture<Output>> spellings = new ArrayList<>();
        for (int i = 0; i < Objective.BATCH; i++) {
            int[] word = Cipher.word(random);
            words.add(word);
            spellings.add(millrace.generate(GenerationRequest.forPolicy(policy)
                    .tokens(Cipher.tokens(word))
                    .segment("all")
                    .build()));
        }
        List<Output> outputs = spellings.stream().map(CompletableFuture::join).toList();
        double[] rewards = new double[outputs.size()];
        for (int i = 0; i < rewards.length; i++) {
            rewards[i] = cipher.reward(words.get(i), outputs.get(i).output());
        }
        return new Spelled(outputs, rewards);
    }

    private void judge(Spelled spelled) {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (int i = 0; i < spelled.rewards().length; i++) {
            String trajectoryId = spelled.outputs().get(i).trajectoryId();
            sent.add(millrace.feedback(new Feedback(
                    policy,
                    trajectoryId,
                    trajectoryId,
                    OptionalInt.empty(),
                    Feedback.DEFAULT_METRIC,
                    spelled.rewards()[i],
                    clock.instant(),
                    true,
                    Optional.empty())));
        }
        sent.forEach(CompletableFuture::join);
    }
}
