package io.millrace.bench.curves.pronounce;

import io.millrace.bench.learner.LearnedTrajectories;
import io.millrace.local.admin.AppliedPolicy;
import io.millrace.local.admin.PolicyAdmin;
import io.millrace.local.system.LocalSystem;
import io.millrace.local.system.LocalSystemOptions;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.sdk.Demonstration;
import io.millrace.sdk.Feedback;
import io.millrace.sdk.GenerationRequest;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.Output;
import io.millrace.sdk.replica.UpdateListener;
import io.millrace.simulator.pronounce.PronounceWorld;
import io.millrace.simulator.pronounce.PronounceWorld.Pronounced;
import io.millrace.simulator.service.SdkService;
import io.millrace.simulator.world.Encounter;
import io.millrace.simulator.world.Situation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Learns to pronounce through the whole pipeline: a broker, the learner job on a Flink cluster and a serving replica. A batch
 * is asked for when the replica serves what was learned from the one before.
 */
final class ServedSpeller implements Pupil, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_MILLIS = 5;
    /** One lane, so that a batch is a batch. */
    private static final String SEGMENT = "all";

    private final PronounceWorld world;
    private final Praised praised = new Praised();
    private final Clock clock = Clock.systemUTC();
    private final LearnedTrajectories learned = new LearnedTrajectories(clock);
    private final SplittableRandom random;
    private final LocalSystem system;
    private final Millrace millrace;
    private final SdkService service;
    private PolicyDefinition definition;
    private long sent;
    private long groups;

    ServedSpeller(PolicyDefinition definition, PronounceWorld world) {
        this.world = world;
        this.definition = definition;
        this.random = new SplittableRandom(definition.seed());
        this.system = LocalSystem.start(LocalSystemOptions.temporary(List.of(definition))
                .withReplicas(1)
                .seeded(definition.seed())
                .listenedToBy(replica -> replica.equals("replica-1") ? learned.listener() : UpdateListener.NONE));
        this.millrace = system.replicas().get(0).millrace();
        this.service = new SdkService(millrace, definition.policy());
    }

    PolicyDefinition definition() {
        return definition;
    }

    @Override
    public void goOnBy(PolicyDefinition changed) throws InterruptedException {
        String specification = changed.toJson();
        AppliedPolicy ignored = new PolicyAdmin(system.kafka(), clock).apply(changed);
        Instant deadline = clock.instant().plus(PATIENCE);
        while (millrace.policies().stream()
                .noneMatch(policy -> policy.specification().equals(specification))) {
            if (clock.instant().isAfter(deadline)) {
                throw new IllegalStateException(
                        "policy '" + changed.policy() + "': expected its new file at the replica" + " within "
                                + PATIENCE + ", found the old one; see the log");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
        definition = changed;
    }

    @Override
    public void demonstrate(List<Pronounced> demonstrations) throws InterruptedException {
        List<Pronounced> shuffled = new ArrayList<>(demonstrations);
        Collections.shuffle(shuffled, new Random(definition.seed() + sent));
        int size = definition.batch().trajectories();
        for (int first = 0; first + size <= shuffled.size(); first += size) {
            show(shuffled.subList(first, first + size));
            // Sent all at once, many batches would be learned from at the parameters before the first of them.
            awaitLearned();
        }
    }

    private void show(List<Pronounced> demonstrations) {
        List<String> shown = all(demonstrations.stream()
                .map(right -> millrace.demonstrate(
                        new Demonstration(request(right.spelling()).build(), right.phonemes())))
                .toList());
        sent += shown.size();
    }

    @Override
    public long listen(long trajectories, int imitated) throws InterruptedException {
        int group = definition.estimator().baseline().groupSize();
        int words = Math.max(1, (definition.batch().trajectories() - imitated) / group);
        long asked = 0;
        while (asked < trajectories) {
            ask(words, group);
            show(praised.draw(imitated, random));
            awaitLearned();
            asked += (long) words * group;
        }
        return asked;
    }

    private void ask(int words, int group) {
        List<Encounter> listeners = new ArrayList<>();
        List<CompletableFuture<Output>> outputs = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            Encounter listener = world.next(random);
            String name = "group-" + groups++;
            for (int j = 0; j < group; j++) {
                listeners.add(listener);
                outputs.add(millrace.generate(request((Situation.Sequence) listener.situation())
                        .group(name)
                        .build()));
            }
        }
        List<Output> written = all(outputs);
        List<CompletableFuture<Void>> judged = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            judged.add(millrace.feedback(feedback(written.get(i), listeners.get(i))));
        }
        sent += all(judged).size();
    }

    private Feedback feedback(Output output, Encounter listener) {
        double score = listener.score(output.output());
        praised.heard((Situation.Sequence) listener.situation(), output.output(), score);
        return new Feedback(
                output.policy(),
                output.trajectoryId(),
                output.trajectoryId(),
                OptionalInt.empty(),
                Feedback.DEFAULT_METRIC,
                score,
                clock.instant(),
                true,
                Optional.empty());
    }

    private GenerationRequest.Builder request(Situation.Sequence spelling) {
        return GenerationRequest.forPolicy(definition.policy())
                .tokens(spelling.tokens())
                .segment(SEGMENT);
    }

    private static <T> List<T> all(List<CompletableFuture<T>> futures) {
        return futures.stream().map(CompletableFuture::join).toList();
    }

    private void awaitLearned() throws InterruptedException {
        long seen = learned.await(sent, PATIENCE);
        if (seen != sent) {
            throw new IllegalStateException("learned: expected the " + sent + " that were sent, found " + seen);
        }
    }

    @Override
    public double wordError() {
        return Errors.words(world.examples(service, Integer.MAX_VALUE));
    }

    @Override
    public double phonemeError() {
        return world.error(service, Integer.MAX_VALUE);
    }

    @Override
    public void close() {
        system.close();
    }
}
