package io.millrace.policy.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All parameters move by the same amount with every update, so a view that is half of one and half of another shows it. */
class DoubleBufferTest {

    private static final ParameterLayout LAYOUT = ParameterLayout.of("table", 128, 16);
    private static final int UPDATES = 3_000;

    private final PublishingLearner learner = new PublishingLearner("home", LAYOUT, Integer.MAX_VALUE);
    private final ParameterReplica replica = ParameterReplica.concurrent("home", LAYOUT);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void readersNeverSeeHalfOfAnUpdate() throws Exception {
        publish(learner.snapshot());
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch reading = new CountDownLatch(3);
        List<Future<Long>> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            readers.add(threads.submit(openingReader(done, reading)));
        }
        readers.add(threads.submit(() -> readAll(done, reading, () -> replica.read(DoubleBufferTest::check))));
        reading.await();
        for (int i = 1; i <= UPDATES; i++) {
            publish(i % 100 == 0 ? snapshotAfterDelta() : stepOfOne());
        }
        done.set(true);
        for (Future<Long> reader : readers) {
            assertThat(reader.get(60, TimeUnit.SECONDS)).isPositive();
        }
        assertThat(replica.version()).isEqualTo(UPDATES);
        assertThat(replica.thetaChecksum()).isEqualTo(Checksums.of(learner.theta()));
    }

    @Test
    void aReaderThatStaysKeepsItsViewAndHoldsNobodyUp() {
        publish(learner.snapshot());
        publish(stepOfOne());
        ParameterReader staying = replica.reader();
        Parameters view = staying.open();
        for (int i = 0; i < 10; i++) {
            publish(i == 5 ? snapshotAfterDelta() : stepOfOne());
            assertThat(check(view)).isEqualTo(1);
            assertThat(replica.read(DoubleBufferTest::check)).isEqualTo(i + 2);
        }
        staying.close();
        publish(stepOfOne());
        assertThat(replica.thetaChecksum()).isEqualTo(Checksums.of(learner.theta()));
    }

    @Test
    void aReaderMayReadWithinARead() {
        publish(learner.snapshot());
        long inner = replica.read(outer -> replica.read(DoubleBufferTest::check));
        assertThat(inner).isZero();
    }

    private Callable<Long> openingReader(AtomicBoolean done, CountDownLatch reading) {
        ParameterReader reader = replica.reader();
        return () -> readAll(done, reading, () -> {
            try {
                return check(reader.open());
            } finally {
                reader.close();
            }
        });
    }

    private static long readAll(AtomicBoolean done, CountDownLatch reading, Callable<Long> read) throws Exception {
        long reads = 0;
        long version = 0;
        while (!done.get()) {
            long next = read.call();
            assertThat(next).isGreaterThanOrEqualTo(version);
            version = next;
            reads++;
            reading.countDown();
        }
        return reads;
    }

    /** The view's version, after every parameter was found to have the value of that version. */
    private static long check(Parameters theta) {
        float first = theta.values()[0];
        assertThat(Math.round(first)).isEqualTo((int) theta.version());
        for (float value : theta.values()) {
            if (value != first) {
                throw new AssertionError("half an update in version " + theta.version() + ": " + first + ", " + value);
            }
        }
        return theta.version();
    }

    private List<UpdateChunk> snapshotAfterDelta() {
        stepOfOne();
        return learner.snapshot();
    }

    private List<UpdateChunk> stepOfOne() {
        GradientAccumulator pending = learner.pending();
        for (int row = 0; row < LAYOUT.rows(); row++) {
            pending.touch(row);
        }
        Arrays.fill(pending.values(), 1f);
        return learner.delta();
    }

    private void publish(List<UpdateChunk> chunks) {
        for (UpdateChunk chunk : chunks) {
            assertThat(replica.offer(chunk)).isEqualTo(ParameterReplica.Outcome.APPLIED);
        }
    }
}
