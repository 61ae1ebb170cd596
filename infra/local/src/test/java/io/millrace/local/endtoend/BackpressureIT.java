package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.learner.ingest.WallClockWatermarks;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

/** Asks Flink itself: it goes on asking for watermarks while it does not read. */
final class BackpressureIT {

    private static final Duration IDLE_AFTER = Duration.ofSeconds(2);
    private static final Duration STALL = Duration.ofSeconds(5);

    /** More than fits into Flink's buffers on the way. */
    private static final long EVENTS = 400_000;

    @Test
    void doesNotLetTimePassABacklogThatCannotBeRead() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        env.setParallelism(1);
        env.getConfig().setAutoWatermarkInterval(20);
        env.disableOperatorChaining();
        long appendedAtMs = System.currentTimeMillis();
        WatermarkStrategy<Long> watermarks = WatermarkStrategy.<Long>forGenerator(
                        WallClockWatermarks.supplier(Duration.ZERO, IDLE_AFTER, Duration.ZERO))
                .withTimestampAssigner((event, unused) -> appendedAtMs);
        env.fromSource(new NumberSequenceSource(1, EVENTS), watermarks, "backlog")
                .process(new StallsOnce(), Types.LONG)
                .name("stalls once");

        assertThat(run(env)).containsEntry("events", EVENTS).containsEntry("late", 0L);
    }

    private static Map<String, Object> run(StreamExecutionEnvironment env) throws Exception {
        var cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(new Configuration()
                        .set(RestOptions.BIND_ADDRESS, "127.0.0.1")
                        .set(RestOptions.BIND_PORT, "0"))
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .build());
        try {
            cluster.start();
            JobID job = cluster.submitJob(env.getStreamGraph())
                    .get(1, TimeUnit.MINUTES)
                    .getJobID();
            return cluster.requestJobResult(job)
                    .get(2, TimeUnit.MINUTES)
                    .toJobExecutionResult(BackpressureIT.class.getClassLoader())
                    .getAllAccumulatorResults();
        } finally {
            cluster.closeAsync().get(1, TimeUnit.MINUTES);
        }
    }

    /** Takes its time for the first event, and counts those that come after their time. */
    private static final class StallsOnce extends ProcessFunction<Long, Long> {

        private static final long serialVersionUID = 1L;

        private final LongCounter events = new LongCounter();
        private final LongCounter late = new LongCounter();

        @Override
        public void open(OpenContext context) {
            getRuntimeContext().addAccumulator("events", events);
            getRuntimeContext().addAccumulator("late", late);
        }

        @Override
        public void processElement(Long event, Context context, Collector<Long> out) {
            if (events.getLocalValuePrimitive() == 0) {
                await().pollDelay(STALL).atMost(STALL.multipliedBy(4)).until(() -> true);
            }
            events.add(1);
            if (context.timestamp() <= context.timerService().currentWatermark()) {
                late.add(1);
            }
        }
    }
}
