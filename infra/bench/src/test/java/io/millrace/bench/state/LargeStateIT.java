package io.millrace.bench.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.bench.report.Measure;
import io.millrace.bench.report.SuiteReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LargeStateIT {

    @Test
    void measuresTheJoinInRocksDb() throws Exception {
        List<String> progress = new ArrayList<>();

        SuiteReport report = LargeState.measure(100, 1_000, 500, progress::add);

        assertThat(progress).hasSize(3);
        assertThat(report.holds()).as("a thousand are not ten million").isFalse();
        assertThat(report.measures())
                .filteredOn(measure -> List.of(
                                "microsPerEvent", "checkpointMegabytes", "nextCheckpointMegabytes", "checkpointSeconds")
                        .contains(measure.name()))
                .hasSize(4)
                .extracting(Measure::measured)
                .allSatisfy(measured -> assertThat(measured).isPositive());
    }

    @Test
    void aTapeKeepsItsTrajectoriesOpen() {
        Tape tape = new Tape("many", 3);

        assertThat(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L))
                .extracting(position -> tape.event(position).key())
                .containsExactly("first", "first", key(0), key(1), key(2), "filled", "filled");
        assertThat(tape.event(7).key()).isEqualTo(key(3));
        assertThat(List.of(8L, 10L, 12L))
                .extracting(position -> tape.event(position).key())
                .containsExactlyInAnyOrder(key(0), key(1), key(2));
        assertThat(List.of(14L, 16L, 18L))
                .extracting(position -> tape.event(position).key())
                .as("those that were opened in place of these")
                .containsExactlyInAnyOrder(key(3), key(4), key(5));
        assertThatThrownBy(() -> new Tape("many", 0)).hasMessageContaining("found 0");
    }

    private static String key(int number) {
        return "trajectory-000000" + (1_000_000_000_000_000_000L + number);
    }
}
