package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.system.LocalSystem;
import io.millrace.local.system.LocalSystemOptions;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The broker goes away under people who are being served, and comes back. */
final class BrokerOutageIT {

    private static final String POLICY = "bandit";
    private static final int USERS = 4;
    private static final int ENOUGH = 200;

    /** An answer is waited for as long as Kafka may take; then the job finds its broker again, or restarts. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void whatWasAnsweredWithYesIsLearnedOnceAndTheRestIsToldToComeAgain() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(USERS);
        try (LocalSystem system = LocalSystem.start(
                LocalSystemOptions.temporary(List.of(Bandit.named(POLICY))).withReplicas(1))) {
            var stop = new CountDownLatch(1);
            List<HttpUser> users = Stream.generate(
                            () -> new HttpUser(system.replicas().get(0).server().uri(), POLICY, stop))
                    .limit(USERS)
                    .toList();
            List<Future<?>> served =
                    users.stream().<Future<?>>map(threads::submit).toList();
            awaitTaken(users, ENOUGH);

            system.broker().stop();
            await("everybody is refused")
                    .atMost(PATIENCE)
                    .until(() -> users.stream().noneMatch(user -> user.refusals.isEmpty()));
            system.broker().start();
            awaitTaken(users, HttpUser.taken(users) + ENOUGH);
            stop.countDown();
            for (Future<?> user : served) {
                user.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }

            for (HttpUser user : users) {
                assertThat(user.refusals).allSatisfy(BrokerOutageIT::assertUnavailable);
            }
            assertLearnedOnce(system, users);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void awaitTaken(List<HttpUser> users, int trajectories) {
        await("answers")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(HttpUser.taken(users)).isGreaterThan(trajectories));
    }

    private static void assertUnavailable(HttpResponse<String> refusal) throws Exception {
        assertThat(refusal.statusCode()).as(refusal.body()).isEqualTo(503);
        assertThat(refusal.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(refusal.headers().firstValue("Retry-After")).isPresent();
        JsonNode problem = new ObjectMapper().readTree(refusal.body());
        assertThat(problem.get("status").intValue()).isEqualTo(503);
        assertThat(problem.get("detail").textValue()).contains("not logged");
    }

    private static void assertLearnedOnce(LocalSystem system, List<HttpUser> users) {
        long[] taken = users.stream()
                .flatMap(user -> user.taken.stream())
                .mapToLong(Long::longValue)
                .toArray();
        try (PublishedUpdates published = PublishedUpdates.of(system.kafka())) {
            await("everything that was taken is learned")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(published.audit(POLICY, taken))
                            .satisfies(ledger -> assertThat(ledger.exactlyOnce())
                                    .as(ledger.toString())
                                    .isTrue()));
            assertThat(published.audit(POLICY, taken).expected()).isEqualTo(taken.length);
        }
    }
}
