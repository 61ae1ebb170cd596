package io.millrace.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A learner that steps, crashes and is restored from any checkpoint, against a model that keeps θ's history as a list. */
final class LineageTreeProperties {

    @Property(tries = 300)
    void pathIsTheHistoryThatTheLearnerReallyHas(@ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int events) {
        var learner = new Learner(new Random(seed));
        for (int i = 0; i < events; i++) {
            learner.stepOrRestore();
        }
        List<LineageEntry> delivered = new ArrayList<>(learner.published);
        delivered.addAll(learner.published.subList(0, learner.published.size() / 2));
        Collections.shuffle(delivered, new Random(seed));

        var tree = new LineageTree();
        delivered.forEach(tree::add);

        assertThat(tree.path().missingUpdates()).isZero();
        assertThat(tree.path().learned())
                .containsExactlyInAnyOrder(learner.history.stream()
                        .flatMap(step -> step.stream())
                        .mapToLong(Long::longValue)
                        .toArray());
    }

    /** Its history holds the hashes learned in every version, so a version is the history's length. */
    private static final class Learner {
        final List<LineageEntry> published = new ArrayList<>();
        private final Random random;
        private final List<Checkpoint> checkpoints = new ArrayList<>();
        List<List<Long>> history = new ArrayList<>();
        private long epoch = 1;
        private long parentEpoch = 1;
        private long parentVersion;
        private long nextHash;

        record Checkpoint(long epoch, List<List<Long>> history) {}

        Learner(Random random) {
            this.random = random;
            publish(List.of());
            checkpoint();
        }

        void stepOrRestore() {
            switch (random.nextInt(6)) {
                case 0 -> restore(checkpoints.get(random.nextInt(checkpoints.size())));
                case 1 -> checkpoint();
                default -> {
                    List<Long> learned = new ArrayList<>();
                    for (int i = random.nextInt(4); i > 0; i--) {
                        learned.add(nextHash++);
                    }
                    history.add(learned);
                    publish(learned);
                }
            }
        }

        private void checkpoint() {
            checkpoints.add(new Checkpoint(epoch, List.copyOf(history)));
        }

        private void restore(Checkpoint checkpoint) {
            history = new ArrayList<>(checkpoint.history);
            parentEpoch = checkpoint.epoch;
            parentVersion = history.size();
            epoch = 1 + published.stream().mapToLong(LineageEntry::epoch).max().orElseThrow();
            publish(List.of());
        }

        private void publish(List<Long> learned) {
            long total = history.stream().mapToLong(List::size).sum();
            published.add(new LineageEntry(
                    epoch,
                    history.size(),
                    parentEpoch,
                    parentVersion,
                    total,
                    learned.stream().mapToLong(Long::longValue).toArray()));
        }
    }
}
