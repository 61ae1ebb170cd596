package io.millrace.bench;

import io.millrace.bench.report.Measure;
import io.millrace.bench.report.Requirement;
import io.millrace.bench.report.SuiteReport;
import io.millrace.local.demo.Machine;
import io.millrace.policy.Batch;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.Policies;
import io.millrace.policy.Policy;
import io.millrace.policy.Prompt;
import io.millrace.policy.Trajectory;
import io.millrace.policy.parameters.GradientAccumulator;
import io.millrace.policy.parameters.Parameters;
import io.millrace.policy.spec.PolicyDefinition;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The resident memory of this process while a policy on ND4J computes gradients of batches whose sizes change, as those of a
 * running job do. What is kept off the heap and not released would add up. Linux only.
 */
public final class Soak {

    /** Batches that are measured in full length. */
    public static final int BATCHES = 10_000;

    /** Afterwards every size has been seen. */
    private static final int WARM_UP = 2_000;

    /** The heap's pages become resident when they are first used: a young generation is, when it has been collected. */
    private static final int COLLECTIONS = 3;

    private static final int LOOKS = 10;
    /** Of any look over the first, in MiB: two kilobytes that each batch keeps would be over this. */
    private static final double MOST_GROWTH = 16;

    private static final int INPUTS = 8;
    private static final int OUTPUT_TOKENS = 39;

    private final String kind;
    private final Policy policy;
    private final int largest;
    private final Function<SplittableRandom, Decision> decisions;
    private final Parameters theta;
    private final GradientAccumulator gradient;
    private final SplittableRandom random = new SplittableRandom(1);
    private final Batch batch = new Batch();

    private Soak(String kind, Policy policy, int largest, Function<SplittableRandom, Decision> decisions) {
        this.kind = kind;
        this.policy = policy;
        this.largest = largest;
        this.decisions = decisions;
        float[] values = new float[policy.layout().size()];
        policy.initialize(values, 7);
        this.theta = new Parameters(values, 1, 1);
        this.gradient = new GradientAccumulator(policy.layout());
    }

    /** The kinds of policy that compute off the heap. */
    public static List<Soak> all() {
        return List.of(mlp(), seq2seq());
    }

    private static Soak mlp() {
        Policy policy = Policies.create(
                PolicyDefinition.parse("{\"policy\": \"control\", \"kind\": \"mlp\", \"model\": {\"inputs\": " + INPUTS
                        + ", \"actions\": [\"a\", \"b\"]}}"));
        return new Soak("mlp", policy, 512, random -> {
            float[] state = new float[INPUTS];
            state[random.nextInt(INPUTS)] = 1;
            return new Decision(new Context.Dense(state), new int[1], new float[1]);
        });
    }

    private static Soak seq2seq() {
        Policy policy = Policies.create(Resources.policy("spell"));
        List<Context> words = Resources.words().stream()
                .map(word -> policy.encode(new Prompt.Tokens(List.of(word.split("")))))
                .toList();
        return new Soak("seq2seq", policy, 64, random -> {
            int[] actions = Stream.iterate(random.nextInt(OUTPUT_TOKENS), token -> random.nextInt(OUTPUT_TOKENS))
                    .limit(random.nextInt(1, 16))
                    .mapToInt(Integer::intValue)
                    .toArray();
            actions[actions.length - 1] = OUTPUT_TOKENS;
            return new Decision(words.get(random.nextInt(words.size())), actions, new float[actions.length]);
        });
    }

    /**
     * Resident memory after the warm-up, the most of eleven looks, and the growth in between.
     *
     * @throws IOException when the system does not say how much memory it uses
     */
    public SuiteReport measure(int batches, Consumer<String> progress) throws IOException {
        warmUp(batches);
        List<Double> resident = new ArrayList<>();
        resident.add(look(0, progress));
        for (int look = 1; look <= LOOKS; look++) {
            int before = (int) ((long) batches * (look - 1) / LOOKS);
            int until = (int) ((long) batches * look / LOOKS);
            run(until - before);
            resident.add(look(until, progress));
        }
        double first = resident.get(0);
        double greatest = Collections.max(resident);
        double lastHalf = greatest - resident.get(LOOKS / 2);
        return new SuiteReport(
                "soak-" + kind,
                Machine.here(),
                List.of(
                        Measure.told("batches", "gradients of batches of 1 to " + largest + " trajectories", batches)
                                .required(new Requirement.AtLeast(BATCHES)),
                        Measure.told("residentAfterWarmUp", "MiB", first),
                        Measure.told("residentAtMost", "MiB", greatest),
                        Measure.told("growth", "MiB, at most, since the warm-up", greatest - first)
                                .required(new Requirement.AtMost(MOST_GROWTH)),
                        Measure.told("growthOfTheSecondHalf", "MiB, at most, since the first half", lastHalf)));
    }

    private void warmUp(int batches) {
        int share = Math.min(WARM_UP, batches);
        run(share);
        while (share == WARM_UP && collections() < COLLECTIONS) {
            run(share);
        }
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private void run(int batches) {
        for (int i = 0; i < batches; i++) {
            batch.clear();
            for (int rows = random.nextInt(largest) + 1; rows > 0; rows--) {
                batch.add(Trajectory.of(decisions.apply(random)), random.nextDouble(-1, 1));
            }
            policy.gradient(theta, batch, new ByAdvantage(batch, 0.01), gradient);
            gradient.clear();
        }
    }

    private double look(int batches, Consumer<String> progress) throws IOException {
        double mebibytes = residentKilobytes() / 1024.0;
        progress.accept(String.format(Locale.ROOT, "%s: %,d batches, %.0f MiB resident", kind, batches, mebibytes));
        return mebibytes;
    }

    private static long residentKilobytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow(() -> new IOException("/proc/self/status: expected a line VmRSS, found none"));
        }
    }
}
