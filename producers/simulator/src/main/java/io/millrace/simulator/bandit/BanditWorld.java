package io.millrace.simulator.bandit;

import io.millrace.simulator.world.Encounter;
import io.millrace.simulator.world.Example;
import io.millrace.simulator.world.Preview;
import io.millrace.simulator.world.Situation;
import io.millrace.simulator.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Users who are shown one of ten arms and like it or not: a contextual bandit whose truth drifts with every round and is
 * known here, so that regret is exact (see {@link Rewards}).
 */
public final class BanditWorld implements World {

    /** What {@code --world} calls it. */
    public static final String NAME = "bandit";

    /** Rounds after which the truth is what it was. */
    public static final long DEFAULT_PERIOD = 4_000_000;

    static final int ARMS = 10;
    static final int CONTEXT = 4;
    private static final int ATTRIBUTES = 3;
    private static final int RECENT_ROUNDS = 10_000;

    private final long heldOutSeed;
    private final List<Situation.Candidate> arms;
    private final Rewards rewards;
    private final RegretMeter meter = new RegretMeter(RECENT_ROUNDS);
    private final AtomicLong rounds = new AtomicLong();

    /**
     * @param seed of the arms and the hidden truth
     * @param period rounds of one turn of the truth, ≥ 1
     */
    public BanditWorld(long seed, long period) {
        if (period < 1) {
            throw new IllegalArgumentException("period: expected at least 1 round, found " + period);
        }
        SplittableRandom random = new SplittableRandom(seed);
        this.heldOutSeed = random.nextLong();
        float[][] attributes = new float[ARMS][];
        this.arms = new ArrayList<>();
        for (int arm = 0; arm < ARMS; arm++) {
            attributes[arm] = uniform(ATTRIBUTES, random);
            arms.add(new Situation.Candidate("arm-" + arm, features(arm, attributes[arm])));
        }
        this.rewards = new Rewards(attributes, CONTEXT, period, random);
    }

    private static Map<String, Float> features(int arm, float[] attributes) {
        Map<String, Float> features = new HashMap<>(named("attribute-", attributes));
        features.put("arm-" + arm, 1f);
        return features;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Encounter next(RandomGenerator random) {
        return round(rounds.getAndIncrement(), random);
    }

    /** The regret of the outputs that users have judged so far. */
    public Regret regret() {
        return meter.read();
    }

    /** Regret of the likeliest choices now as a part of that of choosing at random: 0 is optimal, 1 has learned nothing. */
    @Override
    public double error(Preview preview, int atMost) {
        double regret = 0;
        double uniform = 0;
        for (Round round : heldOut(atMost)) {
            regret += round.regret(preview.likeliest(round.situation()));
            uniform += round.uniformRegret();
        }
        return regret / uniform;
    }

    @Override
    public List<Example> examples(Preview preview, int atMost) {
        return heldOut(atMost).stream()
                .map(round -> new Example(
                        round.situation().features().toString(),
                        String.join(" ", preview.likeliest(round.situation())),
                        round.bestArm()))
                .toList();
    }

    /** Always the same users, under the truth of now. */
    private List<Round> heldOut(int atMost) {
        SplittableRandom random = new SplittableRandom(heldOutSeed);
        long now = rounds.get();
        return Stream.generate(() -> round(now, random))
                .limit(Math.min(atMost, RECENT_ROUNDS))
                .toList();
    }

    private Round round(long number, RandomGenerator random) {
        float[] context = uniform(CONTEXT, random);
        Situation.Choice situation = new Situation.Choice(named("user-", context), arms, Optional.empty());
        return new Round(situation, rewards.expected(context, number), random.nextDouble(), meter);
    }

    private static Map<String, Float> named(String prefix, float[] values) {
        Map<String, Float> named = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            named.put(prefix + i, values[i]);
        }
        return named;
    }

    /** Values in [−1, 1). */
    private static float[] uniform(int size, RandomGenerator random) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }
}
