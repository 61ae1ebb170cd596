package io.millrace.sdk.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.wire.ImportedParameters;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.sdk.fixture.MemoryKafka;
import io.millrace.sdk.fixture.TestClock;
import io.millrace.sdk.fixture.TestLearner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotReaderTest {

    private final TestClock clock = new TestClock();
    private final MemoryKafka kafka = new MemoryKafka(clock);
    private final SnapshotReader reader = new SnapshotReader(
            kafka.topics().snapshots(), () -> kafka.consumer(Map.of()), clock, Duration.ofSeconds(10));

    @Test
    void findsTheNewestSnapshotOfTheLearner() {
        TestLearner.ofChoice(kafka, clock, "home")
                .publishSnapshot()
                .storeSnapshot()
                .publishDelta()
                .storeSnapshot();

        Map<String, List<ParameterSnapshot>> found = reader.read(Set.of("home", "other"));

        assertThat(found).containsOnlyKeys("home");
        assertThat(found.get("home"))
                .singleElement()
                .satisfies(chunk -> assertThat(chunk.getVersion()).isEqualTo(1));
    }

    @Test
    void passesOverAnImportThatTheLearnerMayStillRefuse() {
        ParameterLayout layout = ParameterLayout.of("weights", 64, 1);
        for (ParameterSnapshot chunk :
                ImportedParameters.records("home", 1_800_000_000_000L, layout, new float[64], clock.instant())) {
            kafka.append(kafka.topics().snapshots(), "home/" + chunk.getSlot() + "/" + chunk.getChunk(), chunk);
        }

        assertThat(reader.read(Set.of("home"))).isEmpty();
    }
}
