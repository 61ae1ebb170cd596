package io.millrace.local.endtoend;

import io.millrace.local.admin.PolicyFile;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.schemas.Generation;
import io.millrace.schemas.Reward;
import io.millrace.schemas.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The same outputs and rewards of several policies whenever it is played, a batch at a time and in one order, so that a
 * learner at parallelism 1 that is given the time to apply each update has no freedom left.
 */
final class Script {

    /** Trajectories in a batch: a whole number of groups. */
    static final int BATCH = 12;

    private static final int GROUP = 4;
    private static final int SEGMENTS = 3;

    /** Never behind the learner, so that staleness is 0 in every run. */
    private static final long NEWEST = 1L << 40;

    private static final String FILE = """
            policy: %1$s
            kind: choice
            seed: 7
            model: { hash-bits: 10, exploration: 0.02 }
            estimator: { %2$s }
            optimizer: { kind: %3$s, learning-rate: 0.05 }
            batch: { trajectories: %4$d, max-age: 1h }
            join:
              completion: first-reward
              reward-window: 36500d
              early-reward: 36500d
              default-reward: skip
              metrics: { score: { aggregation: mean, weight: 1.0 } }
              clip: [0, 1]
            publish: { min-interval: 1ms, snapshot-every: 1s, ledger: true }
            guards: { gradient-norm: 10.0, max-kl: unlimited, max-staleness: 100000 }
            """;

    private final Topics topics;
    private final RawSender sender;

    Script(Topics topics, RawSender sender) {
        this.topics = topics;
        this.sender = sender;
    }

    /** What has state besides θ: moments of both kinds, each kind of running average, open groups. */
    static List<PolicyDefinition> policies() {
        return List.of(
                policy("adam-ema", "algorithm: reinforce, baseline: ema, ema-rate: 0.1", "adam"),
                policy("adagrad-mean", "algorithm: reinforce, baseline: mean, entropy: 0.01", "adagrad"),
                policy("adam-normalized", "algorithm: reinforce, baseline: mean, normalize-advantage: true", "adam"),
                policy("adam-groups", "algorithm: reinforce, baseline: leave-one-out, group-size: " + GROUP, "adam"),
                policy("adagrad-ppo", "algorithm: ppo, baseline: ema", "adagrad"));
    }

    private static PolicyDefinition policy(String name, String estimator, String optimizer) {
        return PolicyFile.parse(FILE.formatted(name, estimator, optimizer, BATCH));
    }

    /** The outputs of one batch, of every policy. */
    void generate(int batch) throws Exception {
        for (PolicyDefinition policy : policies()) {
            for (int i = batch * BATCH; i < (batch + 1) * BATCH; i++) {
                Generation generation = generation(policy.policy(), i);
                sender.sendInOrder(topics.generations(), generation.getTrajectoryId(), generation);
            }
        }
    }

    /** The rewards of some outputs of a batch, of every policy. */
    void reward(int batch, int from, int to) throws Exception {
        for (PolicyDefinition policy : policies()) {
            for (int i = batch * BATCH + from; i < batch * BATCH + to; i++) {
                Reward reward = Records.reward(policy.policy(), id(policy.policy(), i))
                        .setValue(random(policy.policy(), i).nextDouble())
                        .build();
                sender.sendInOrder(topics.rewards(), reward.getTrajectoryId(), reward);
            }
        }
    }

    private static Generation generation(String policy, int number) {
        SplittableRandom random = random(policy, number).split();
        var candidates = new ArrayList<String>(List.of("a", "b", "c"));
        return Records.generation(policy, id(policy, number))
                .setParametersVersion(NEWEST)
                .setSegment("segment-" + random.nextInt(SEGMENTS))
                .setGroup("group-" + number / GROUP)
                .setCandidates(candidates.stream().map(Records::candidate).toList())
                .setActions(List.of(random.nextInt(candidates.size())))
                .setLogProbs(List.of((float) Math.log(0.2 + 0.6 * random.nextDouble())))
                .build();
    }

    private static String id(String policy, int number) {
        return policy + "-" + number;
    }

    private static SplittableRandom random(String policy, int number) {
        return new SplittableRandom(31L * policy.hashCode() + number);
    }
}
