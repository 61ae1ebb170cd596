package io.millrace.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LineageTreeTest {

    private final LineageTree tree = new LineageTree();

    @Test
    void followsOneEpochFromItsOpening() {
        root(10);
        step(10, 1, 100);
        step(10, 2, 200);

        assertThat(tree.path().learned()).containsExactlyInAnyOrder(100, 200);
        assertThat(tree.path().missingUpdates()).isZero();
        assertThat(tree.head()).isEqualTo(new LineageTree.Head(10, 2, 2));
    }

    @Test
    void forgetsWhatARestoreHasRewound() {
        root(10);
        step(10, 1, 100);
        step(10, 2, 200);
        open(20, 10, 1);
        child(20, 10, 1, 2, 300);

        assertThat(tree.path().learned()).containsExactlyInAnyOrder(100, 300);
        assertThat(tree.path().missingUpdates()).isZero();
    }

    @Test
    void countsTheRewoundVersionsAgainWhenALaterEpochGoesOnFromThem() {
        root(10);
        step(10, 1, 100);
        step(10, 2, 200);
        open(20, 10, 1);
        open(30, 10, 2);

        assertThat(tree.path().learned()).containsExactlyInAnyOrder(100, 200);
    }

    @Test
    void ignoresUpdatesOfAnAbandonedEpochThatArriveLate() {
        root(10);
        step(10, 1, 100);
        open(20, 10, 1);
        step(10, 2, 200);

        assertThat(tree.path().learned()).containsExactly(100);
    }

    @Test
    void countsAnUpdateThatIsSeenTwiceOnce() {
        root(10);
        step(10, 1, 100);
        step(10, 1, 100);

        assertThat(tree.path().learned()).containsExactly(100);
    }

    @Test
    void reportsUpdatesThatWereNeverSeen() {
        root(10);
        step(10, 1, 100);
        step(10, 3, 300);

        assertThat(tree.path().missingUpdates()).isEqualTo(1);
    }

    @Test
    void reportsAWholeUnseenParentAsMissing() {
        open(20, 10, 7);
        child(20, 10, 7, 8, 800);

        assertThat(tree.path().learned()).containsExactly(800);
        assertThat(tree.path().missingUpdates()).isEqualTo(7);
    }

    @Test
    void isEmptyBeforeTheFirstUpdate() {
        assertThat(tree.path().learned()).isEmpty();
        assertThat(tree.path().missingUpdates()).isZero();
    }

    private void root(long epoch) {
        open(epoch, epoch, 0);
    }

    private void open(long epoch, long parentEpoch, long parentVersion) {
        tree.add(new LineageEntry(epoch, parentVersion, parentEpoch, parentVersion, 0, new long[0]));
    }

    private void step(long epoch, long version, long hash) {
        child(epoch, epoch, 0, version, hash);
    }

    private void child(long epoch, long parentEpoch, long parentVersion, long version, long hash) {
        tree.add(new LineageEntry(epoch, version, parentEpoch, parentVersion, version, new long[] {hash}));
    }
}
