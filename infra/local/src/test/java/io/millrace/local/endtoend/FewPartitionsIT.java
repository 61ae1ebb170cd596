package io.millrace.local.endtoend;

import static org.awaitility.Awaitility.await;

import io.millrace.learner.LearnerJob;
import io.millrace.learner.options.LearnerOptions;
import io.millrace.local.admin.KafkaAccess;
import io.millrace.local.admin.PolicyAdmin;
import io.millrace.local.admin.TopicAdmin;
import io.millrace.local.admin.TopicOptions;
import io.millrace.local.broker.BrokerOptions;
import io.millrace.local.broker.EmbeddedBroker;
import io.millrace.schemas.Generation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job with more tasks than its topics have partitions: some of its sources have nothing to read, ever. */
final class FewPartitionsIT {

    private static final String POLICY = "bandit";
    private static final int PARALLELISM = 2;

    @Test
    void windowsCloseAllTheSame(@TempDir Path directory) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.keptIn(directory.resolve("kafka")))) {
            KafkaAccess kafka = KafkaAccess.plain(broker.bootstrapServers());
            try (TopicAdmin topics = TopicAdmin.connect(kafka)) {
                topics.create(new TopicOptions(Optional.of(1), Optional.empty()));
            }
            new PolicyAdmin(kafka, Clock.systemUTC()).apply(Bandit.atTheWindowsEnd(POLICY));
            MiniCluster cluster = cluster();
            try (RawSender sender = new RawSender(kafka);
                    PublishedUpdates published = PublishedUpdates.of(kafka)) {
                cluster.start();
                JobID job = submit(cluster, broker.bootstrapServers());
                for (int i = 0; i < 20; i++) {
                    Generation output = Records.generation(POLICY, "t" + i).build();
                    sender.send(kafka.topics().generations(), output.getTrajectoryId(), output);
                }

                await("outputs without reward are learned when their window closes")
                        .atMost(SmallSystem.PATIENCE)
                        .until(() -> published.learned(POLICY) == 20);

                cluster.cancelJob(job).get(30, TimeUnit.SECONDS);
            } finally {
                cluster.closeAsync().get(30, TimeUnit.SECONDS);
            }
        }
    }

    private static MiniCluster cluster() {
        return new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(new Configuration()
                        .set(RestOptions.BIND_ADDRESS, "127.0.0.1")
                        .set(RestOptions.BIND_PORT, "0"))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(PARALLELISM)
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .build());
    }

    private static JobID submit(MiniCluster cluster, String bootstrapServers) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        env.setParallelism(PARALLELISM);
        LearnerJob.build(
                env,
                LearnerOptions.from(new Configuration()
                        .set(LearnerOptions.BOOTSTRAP_SERVERS, bootstrapServers)
                        .set(LearnerOptions.OUT_OF_ORDER, Duration.ofMillis(100))
                        .set(LearnerOptions.IDLE_AFTER, Duration.ofSeconds(1))
                        .set(LearnerOptions.START_GRACE, Duration.ofSeconds(1))));
        return cluster.submitJob(env.getStreamGraph()).get(30, TimeUnit.SECONDS).getJobID();
    }
}
