package io.millrace.learner.join;

import static io.millrace.learner.join.JoinFixture.START_MS;
import static io.millrace.learner.join.JoinFixture.WINDOW_MS;
import static io.millrace.learner.join.JoinFixture.reward;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.ingest.RawRecord;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.Generation;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Where the baseline is of a group, a group has one home. */
class GroupLanesTest {

    @Test
    void membersOfAGroupMeetWhateverTheirSegment() {
        JoinedTrajectory one = joined("a", g -> g.setGroup("g1").setSegment("de"));
        JoinedTrajectory other = joined("b", g -> g.setGroup("g1").setSegment("fr"));
        JoinedTrajectory apart = joined("c", g -> g.setGroup("g2").setSegment("de"));

        assertThat(one.lane()).isEqualTo(other.lane()).isNotEqualTo(apart.lane());
        assertThat(one.group()).isEqualTo("g1");
        assertThat(one.rewardWindowMs()).isEqualTo(WINDOW_MS);
    }

    @Test
    void outputsWithoutAGroupAreRefused() {
        JoinFixture join = grouped().take(generation("t", g -> {}));

        assertThat(join.reasons()).containsExactly(DeadLetterReason.INVALID);
        assertThat(join.refused.get(0).detail()).startsWith("group: expected one, since estimator.baseline");
    }

    @Test
    void demonstrationsNeedNone() {
        assertThat(grouped().take(generation("t", g -> g.setDemonstrated(true))).joined)
                .hasSize(1);
    }

    @Test
    void otherBaselinesNeedNone() {
        JoinFixture join = JoinFixture.with("").take(generation("t", g -> g.setGroup("g1")));

        join.take(reward("t", "r", 1, START_MS));

        assertThat(join.joined)
                .singleElement()
                .satisfies(joined -> assertThat(joined.lane()).doesNotContain("group"));
    }

    private static JoinedTrajectory joined(String id, Consumer<Generation.Builder> change) {
        JoinFixture join = grouped().take(generation(id, change)).take(reward(id, "r", 1, START_MS));
        return join.joined.get(0);
    }

    private static RawRecord generation(String id, Consumer<Generation.Builder> change) {
        return JoinFixture.generation(id, 0, true, START_MS, change);
    }

    private static JoinFixture grouped() {
        var join = new JoinFixture();
        var spec = JoinFixture.spec("");
        spec.setSpecification(spec.getSpecification()
                .replace("\"join\":", "\"estimator\": {\"baseline\": \"leave-one-out\"}, \"join\":"));
        join.policies.accept(spec);
        return join;
    }
}
