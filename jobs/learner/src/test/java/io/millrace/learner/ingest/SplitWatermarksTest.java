package io.millrace.learner.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.RelativeClock;
import org.apache.flink.util.clock.SystemClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SplitWatermarksTest {

    private final Output output = new Output();

    @Test
    void leavesTheMainOutputOfASourceSilentSoThatSplitsWithABacklogHoldTimeBack() {
        WatermarkGeneratorSupplier<String> supplier = supplier(Duration.ZERO);
        WatermarkGenerator<String> mainOutput = next(supplier);
        WatermarkGenerator<String> split = next(supplier);
        Awaitility.await().untilAsserted(() -> {
            split.onPeriodicEmit(output);
            assertThat(output.said).isNotEmpty();
        });
        output.said.clear();

        mainOutput.onPeriodicEmit(output);

        assertThat(output.said).isEmpty();
    }

    @Test
    void saysThatATaskWithoutSplitsIsIdleUntilItGetsOne() {
        WatermarkGeneratorSupplier<String> supplier = supplier(Duration.ZERO);
        WatermarkGenerator<String> mainOutput = next(supplier);

        mainOutput.onPeriodicEmit(output);
        mainOutput.onPeriodicEmit(output);
        assertThat(output.said).containsExactly("idle");

        next(supplier);
        mainOutput.onPeriodicEmit(output);
        mainOutput.onPeriodicEmit(output);
        assertThat(output.said).containsExactly("idle", "active");
    }

    @Test
    void waitsForSplitsAsLongAsTheGraceLasts() {
        WatermarkGenerator<String> mainOutput = next(supplier(Duration.ofHours(1)));

        mainOutput.onPeriodicEmit(output);

        assertThat(output.said).isEmpty();
    }

    private static WatermarkGeneratorSupplier<String> supplier(Duration grace) {
        return WallClockWatermarks.supplier(Duration.ZERO, Duration.ZERO, grace);
    }

    private static WatermarkGenerator<String> next(WatermarkGeneratorSupplier<String> supplier) {
        return supplier.createWatermarkGenerator(new Context());
    }

    private static final class Context implements WatermarkGeneratorSupplier.Context {

        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public RelativeClock getInputActivityClock() {
            return SystemClock.getInstance();
        }
    }

    private static final class Output implements WatermarkOutput {

        private final List<String> said = new ArrayList<>();

        @Override
        public void emitWatermark(Watermark watermark) {
            said.add("watermark");
        }

        @Override
        public void markIdle() {
            said.add("idle");
        }

        @Override
        public void markActive() {
            said.add("active");
        }
    }
}
