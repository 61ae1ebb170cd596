package io.millrace.sdk.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.LearningStats;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.ReplicaRole;
import io.millrace.schemas.ReplicaStatus;
import io.millrace.schemas.UpdateKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LagBookTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final LagBook book = new LagBook();

    @Test
    void countsTheVersionsAndTheSecondsThatAReplicaIsBehindWhenItReports() {
        for (int version = 1; version <= 5; version++) {
            book.published(update(1, version, START.plusSeconds(version)));
        }
        book.heartbeat(status("a", 1, 5), START.plusSeconds(6));
        book.heartbeat(status("b", 1, 2), START.plusSeconds(6));
        book.published(update(1, 6, START.plusSeconds(6)));

        LagRow upToDate = book.rows(START.plusSeconds(7)).get(0);
        LagRow behind = book.rows(START.plusSeconds(7)).get(1);
        assertThat(upToDate.versionsBehind()).isZero();
        assertThat(upToDate.secondsBehind()).isZero();
        assertThat(behind.versionsBehind()).isEqualTo(3);
        assertThat(behind.secondsBehind()).isEqualTo(3.0);
    }

    @Test
    void judgesAReplicaThatIsSilentByWhatHasBeenPublishedSince() {
        book.published(update(1, 1, START));
        book.heartbeat(status("a", 1, 1), START);
        book.published(update(1, 2, START.plusSeconds(1)));

        assertThat(book.rows(START.plusSeconds(5)).get(0).versionsBehind()).isZero();
        LagRow silent = book.rows(START.plusSeconds(21)).get(0);
        assertThat(silent.versionsBehind()).isEqualTo(1);
        assertThat(silent.secondsBehind()).isEqualTo(20.0);
        assertThat(book.rows(START.plus(Duration.ofMinutes(11)))).isEmpty();
    }

    @Test
    void dropsAReplicaThatHasLeftUntilItIsHeardOfAgain() {
        book.published(update(1, 1, START));
        book.heartbeat(status("a", 1, 1), START);
        book.heartbeat(status("crashed", 1, 1), START);
        book.published(update(1, 2, START.plusSeconds(1)));

        book.left(ReplicaKey.parse(ReplicaKey.of("a", "home")).orElseThrow());

        assertThat(book.rows(START.plusSeconds(21))).singleElement().satisfies(row -> {
            assertThat(row.replica()).isEqualTo("crashed");
            assertThat(row.secondsBehind()).isEqualTo(20.0);
        });
        assertThat(book.times()).noneMatch(times -> times.replica().equals("a"));
        book.heartbeat(status("a", 1, 2), START.plusSeconds(22));
        assertThat(book.rows(START.plusSeconds(22))).hasSize(2);
    }

    @Test
    void takesNoLeaveFromAKeyThatIsNone() {
        for (String key : List.of("", "a", "/home", "a/")) {
            assertThat(ReplicaKey.parse(key)).as(key).isEmpty();
        }
        assertThat(ReplicaKey.parse("a/b/c")).hasValue(new ReplicaKey("b/c", "a"));
    }

    @Test
    void marksAReplicaOfAnOlderEpoch() {
        book.published(update(2, 1, START));
        book.heartbeat(status("a", 1, 900), START.plusSeconds(1));

        LagRow row = book.rows(START.plusSeconds(2)).get(0);
        assertThat(row.versionsBehind()).isEqualTo(-1);
        assertThat(row.secondsBehind()).isEqualTo(1.0);
    }

    @Test
    void addsUpTheLinksOfAllHeartbeatsAndOfEachUpdateOnce() {
        ParameterUpdate update = update(1, 1, START);
        update.setStats(statistics(times(30)));
        book.published(update);
        book.published(update);
        ReplicaStatus status = status("a", 1, 1);
        status.setPublishedToApplied(times(5));
        book.heartbeat(status, START);
        book.heartbeat(status, START.plusSeconds(1));

        LagRow row = book.rows(START.plusSeconds(1)).get(0);
        assertThat(link(row, "publishedToApplied").count()).isEqualTo(2);
        assertThat(link(row, "publishedToApplied").p50()).isEqualTo(5);
        assertThat(link(row, "observedToAppended").count()).isEqualTo(1);
        assertThat(link(row, "observedToAppended").max()).isEqualTo(30);
    }

    @Test
    void givesTheLinksBeforePublicationToTheLearnerAndTheOthersToEachReplica() {
        ParameterUpdate update = update(1, 1, START);
        update.setStats(statistics(times(30)));
        book.published(update);
        for (String replica : List.of("a", "b")) {
            ReplicaStatus status = status(replica, 1, 1);
            status.setPublishedToApplied(times(5));
            book.heartbeat(status, START);
        }

        assertThat(book.times())
                .extracting(times -> times.link() + " of " + times.replica() + ", " + times.role())
                .containsExactly(
                        "observedToAppended of learner, learner",
                        "publishedToApplied of a, serving",
                        "publishedToApplied of b, serving");
        LinkTimes learner = book.times().get(0);
        assertThat(learner.count()).isEqualTo(1);
        assertThat(learner.sumMillis()).isEqualTo(30);
        assertThat(learner.atMost()).startsWith(0L, 0L, 0L, 1L).endsWith(1L);
    }

    @Test
    void goesOnWhenAHistogramCannotBeRead() {
        ReplicaStatus status = status("a", 1, 1);
        status.setPublishedToApplied(ByteBuffer.wrap(new byte[] {7}));
        book.heartbeat(status, START);

        assertThat(book.rows(START)).hasSize(1);
    }

    private static LagRow.Summary link(LagRow row, String name) {
        return Optional.ofNullable(row.links().get(name)).orElseThrow();
    }

    private static ByteBuffer times(long millis) {
        var histogram = new MillisHistogram();
        histogram.record(START, START.plusMillis(millis));
        return histogram.drain();
    }

    private static LearningStats statistics(ByteBuffer observedToAppended) {
        return LearningStats.newBuilder()
                .setTrajectories(1)
                .setTrajectoriesTotal(1)
                .setSteps(1)
                .setRewardMean(0)
                .setBaselineMean(0)
                .setAdvantageStd(0)
                .setGradientNorm(0)
                .setEntropy(0)
                .setApproximateKl(0)
                .setClippedFraction(0)
                .setEffectiveSampleSize(0)
                .setStalenessMean(0)
                .setStalenessMax(0)
                .setObservedToAppended(observedToAppended)
                .build();
    }

    private static ParameterUpdate update(long epoch, long version, Instant createdAt) {
        return ParameterUpdate.newBuilder()
                .setPolicy("home")
                .setEpoch(epoch)
                .setVersion(version)
                .setBaseVersion(version - 1)
                .setKind(UpdateKind.DELTA)
                .setChunk(0)
                .setChunks(1)
                .setEncoding("none")
                .setPayload(ByteBuffer.allocate(0))
                .setChecksum(0)
                .setChain(0)
                .setCreatedAt(createdAt)
                .build();
    }

    private static ReplicaStatus status(String replica, long epoch, long version) {
        return ReplicaStatus.newBuilder()
                .setReplica(replica)
                .setPolicy("home")
                .setRole(ReplicaRole.SERVING)
                .setEpoch(epoch)
                .setVersion(version)
                .setChain(0)
                .setStartedAt(START)
                .setReportedAt(START)
                .build();
    }
}
