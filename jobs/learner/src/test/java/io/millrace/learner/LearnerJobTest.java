package io.millrace.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.options.LearnerOptions;
import io.millrace.learner.options.LearnerOptions.Delivery;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearnerJobTest {

    /** Flink makes writer and committer of a sink, and their uids of the sink's. */
    private static final List<String> SINK_PARTS = List.of("Writer", "Committer");

    @ParameterizedTest
    @EnumSource(Delivery.class)
    void givesEveryOperatorAUidFromTheOnePlace(Delivery delivery) throws Exception {
        Set<String> known = knownIds();

        assertThat(graph(delivery).getStreamNodes())
                .isNotEmpty()
                .allSatisfy(node -> assertThat(uid(node))
                        .as(node.getOperatorName())
                        .satisfiesAnyOf(
                                uid -> assertThat(known).contains(uid),
                                uid -> assertThat(known).anyMatch(id -> isPartOfSink(uid, id))));
    }

    @ParameterizedTest
    @EnumSource(Delivery.class)
    void usesEveryUidOnce(Delivery delivery) throws Exception {
        Collection<StreamNode> nodes = graph(delivery).getStreamNodes();

        assertThat(nodes).extracting(LearnerJobTest::uid).doesNotHaveDuplicates();
        assertThat(knownIds())
                .allSatisfy(id -> assertThat(nodes).anyMatch(node -> uid(node).contains(id)));
    }

    @Test
    void letsNothingBeWrittenByKryo() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        LearnerJob.build(env, options(Delivery.AT_LEAST_ONCE));

        assertThat(env.getConfig().getSerializerConfig().hasGenericTypesDisabled())
                .isTrue();
    }

    private static boolean isPartOfSink(String uid, String id) {
        return SINK_PARTS.stream().anyMatch(part -> uid.contains(id) && uid.contains(part));
    }

    private static String uid(StreamNode node) {
        return String.valueOf(node.getTransformationUID());
    }

    private static StreamGraph graph(Delivery delivery) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        LearnerJob.build(env, options(delivery));
        return env.getStreamGraph();
    }

    private static LearnerOptions options(Delivery delivery) {
        return LearnerOptions.from(Configuration.fromMap(Map.of(
                LearnerOptions.BOOTSTRAP_SERVERS.key(),
                "localhost:1",
                LearnerOptions.DELIVERY.key(),
                delivery.name())));
    }

    private static Set<String> knownIds() throws IllegalAccessException {
        Set<String> ids = new HashSet<>();
        for (Field field : OperatorIds.class.getDeclaredFields()) {
            if (field.getType() == String.class) {
                assertThat(ids.add((String) field.get(null)))
                        .as(field.getName())
                        .isTrue();
            }
        }
        return ids;
    }
}
