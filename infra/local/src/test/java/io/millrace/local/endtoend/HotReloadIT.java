package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.audit.LineageTree;
import io.millrace.sdk.Millrace;
import io.millrace.sdk.Output;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HotReloadIT extends OnAnyBroker {

    private static final String POLICY = "bandit";
    private static final int THREADS = 4;
    private static final int UPDATES = 300;

    @Test
    void requestsNeverFailAndNeverSeeAnOlderVersionWhileParametersReload(@TempDir Path directory) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (SmallSystem system = SmallSystem.start(startBroker(directory), directory, Bandit.named(POLICY))) {
            var stop = new AtomicBoolean();
            List<Future<List<VersionId>>> users = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                users.add(threads.submit(() -> ask(system.millrace(), stop)));
            }
            await("updates")
                    .atMost(SmallSystem.PATIENCE)
                    .until(() -> users.stream().anyMatch(Future::isDone)
                            || system.published().head(POLICY).version() >= UPDATES);
            stop.set(true);

            List<VersionId> seen = new ArrayList<>();
            for (Future<List<VersionId>> user : users) {
                List<VersionId> own = user.get(SmallSystem.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(own).as("versions that one thread saw").isNotEmpty().isSorted();
                seen.addAll(own);
            }
            system.awaitLearned(POLICY, seen.size());
            assertThat(system.published().versions(POLICY)).containsAll(seen);
            assertThat(seen.stream().distinct()).hasSizeGreaterThan(UPDATES / 10);
            LineageTree.Head head = system.published().head(POLICY);
            await("the newest version served")
                    .atMost(SmallSystem.PATIENCE)
                    .untilAsserted(() -> assertThat(version(system.millrace().preview(Users.request(POLICY))))
                            .isEqualTo(new VersionId(head.epoch(), head.version())));
        } finally {
            threads.shutdownNow();
        }
    }

    /** Asks and rewards until stopped, and says which version every output came from; the first failure ends it. */
    private static List<VersionId> ask(Millrace millrace, AtomicBoolean stop) throws Exception {
        List<VersionId> seen = new ArrayList<>();
        while (!stop.get()) {
            Output output =
                    millrace.generate(Users.request(POLICY)).get(SmallSystem.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            seen.add(version(output));
            millrace.feedback(Users.reaction(output)).get(SmallSystem.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        return seen;
    }

    private static VersionId version(Output output) {
        return new VersionId(output.epoch(), output.version());
    }
}
