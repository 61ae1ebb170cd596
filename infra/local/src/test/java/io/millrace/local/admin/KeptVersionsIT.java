package io.millrace.local.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.broker.BrokerOptions;
import io.millrace.local.broker.EmbeddedBroker;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.wire.ImportedParameters;
import io.millrace.schemas.ParameterSnapshot;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class KeptVersionsIT {

    @SuppressWarnings("NullAway.Init") // Set before the first test.
    private static EmbeddedBroker broker;

    @SuppressWarnings("NullAway.Init") // Set before the first test.
    private static KafkaAccess kafka;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(BrokerOptions.temporary());
        kafka = KafkaAccess.plain(broker.bootstrapServers());
        try (TopicAdmin topics = TopicAdmin.connect(kafka)) {
            topics.create(TopicOptions.DEFAULTS);
        }
    }

    @AfterAll
    static void closeBroker() {
        broker.close();
    }

    @Test
    void areThoseOfWhichEveryChunkIsThereNewestFirst() {
        write(chunk("whole", 1, 7, 0, 0, 2, 11), chunk("whole", 1, 7, 0, 1, 2, 11));
        write(chunk("whole", 1, 9, 1, 1, 2, 12));
        write(chunk("whole", 2, 7, 0, 0, 1, 11));
        write(chunk("wholesale", 3, 1, 0, 0, 1, 13));
        write(ImportedParameters.records("whole", 99, ParameterLayout.of("w", 2, 1), new float[2], Instant.EPOCH)
                .toArray(ParameterSnapshot[]::new));

        assertThat(new KeptVersions(kafka).of("whole"))
                .extracting(KeptVersion::id)
                .containsExactly("2.7", "1.7");
    }

    @Test
    void chooseTheNewestEpochWhereTheParametersAreTheSame() {
        write(chunk("same", 1, 7, 0, 0, 1, 11), chunk("same", 2, 7, 1, 0, 1, 11));

        assertThat(choose("same", 7, OptionalLong.empty()).epoch()).isEqualTo(2);
        assertThat(choose("same", 7, OptionalLong.of(1)).epoch()).isEqualTo(1);
    }

    @Test
    void askForTheEpochWhereTheParametersDiffer() {
        write(chunk("twice", 1, 7, 0, 0, 1, 11), chunk("twice", 2, 7, 1, 0, 1, 12));

        assertThatThrownBy(() -> choose("twice", 7, OptionalLong.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2.7, 1.7")
                .hasMessageContaining("add --epoch");
        assertThat(choose("twice", 7, OptionalLong.of(1)).checksum()).isEqualTo(11);
    }

    @Test
    void sayWhichThereAreWhenTheOneThatIsWantedIsNot() {
        for (int version = 1; version <= 12; version++) {
            write(chunk("many", 1, version, 0, 0, 1, version));
        }

        assertThatThrownBy(() -> choose("many", 99, OptionalLong.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.12, 1.11, ")
                .hasMessageContaining("and 2 older, found 99");
        assertThatThrownBy(() -> choose("many", 3, OptionalLong.of(5))).hasMessageContaining("found 5.3");
        assertThatThrownBy(() -> choose("nobody", 1, OptionalLong.empty())).hasMessageContaining("there are none");
    }

    private static KeptVersion choose(String policy, long version, OptionalLong epoch) {
        return new KeptVersions(kafka).choose(policy, version, epoch);
    }

    private static void write(ParameterSnapshot... chunks) {
        for (ParameterSnapshot chunk : chunks) {
            String key = chunk.getPolicy() + "/" + chunk.getSlot() + "/" + chunk.getChunk();
            new RecordWriter(kafka).write(kafka.topics().snapshots(), key, chunk);
        }
    }

    private static ParameterSnapshot chunk(
            String policy, long epoch, long version, int slot, int chunk, int chunks, int checksum) {
        return ParameterSnapshot.newBuilder()
                .setPolicy(policy)
                .setEpoch(epoch)
                .setVersion(version)
                .setSlot(slot)
                .setChunk(chunk)
                .setChunks(chunks)
                .setEncoding("none")
                .setPayload(ByteBuffer.allocate(0))
                .setChecksum(checksum)
                .setChain(checksum)
                .setCreatedAt(Instant.EPOCH)
                .build();
    }
}
