package io.millrace.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DenseContext;
import io.millrace.schemas.Generation;
import io.millrace.schemas.Reward;
import io.millrace.schemas.evolved.Sighting;
import io.millrace.schemas.wire.UndecodableException.Cause;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCodecTest {

    private static final RecordCodec<Reward> REWARDS = RecordCodec.of(Reward.class);

    @Test
    void recordsComeBackAsTheyWere() throws UndecodableException {
        assertThat(REWARDS.decode(REWARDS.encode(Records.reward()))).isEqualTo(Records.reward());
        RecordCodec<Generation> generations = RecordCodec.of(Generation.class);
        assertThat(generations.decode(generations.encode(Records.generation()))).isEqualTo(Records.generation());
        RecordCodec<DeadLetter> deadLetters = RecordCodec.of(DeadLetter.class);
        assertThat(deadLetters.decode(deadLetters.encode(Records.deadLetter()))).isEqualTo(Records.deadLetter());
    }

    @Test
    void thereIsOneCodecPerClass() {
        assertThat(RecordCodec.of(Reward.class)).isSameAs(REWARDS);
    }

    @Test
    void bytesAreTheStandardsSingleObjectEncoding() throws Exception {
        byte[] bytes = REWARDS.encode(Records.reward());
        assertThat(bytes).startsWith(0xC3, 0x01);
        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2))
                .isEqualTo(SchemaNormalization.parsingFingerprint64(Reward.getClassSchema()));
        BinaryMessageDecoder<GenericRecord> avro =
                new BinaryMessageDecoder<>(GenericData.get(), Reward.getClassSchema());
        assertThat(avro.decode(bytes).get("value")).isEqualTo(0.75);
    }

    @Test
    void anArrayOfBytesIsNotSharedBetweenCalls() throws UndecodableException {
        byte[] first = REWARDS.encode(Records.reward());
        byte[] copy = first.clone();
        REWARDS.encode(Reward.newBuilder(Records.reward()).setValue(-1).build());
        assertThat(first).isEqualTo(copy);
    }

    @Test
    void olderVersionsAreReadByTheFingerprintOfTheirWriter() throws Exception {
        RecordCodec<Sighting> sightings = RecordCodec.of(Sighting.class);
        List<Schema> released = SchemaHistory.versions("Sighting");
        byte[] v1 = encode(new GenericRecordBuilder(released.get(0))
                .set("weather", "rain")
                .set("place", "mill pond")
                .set("count", 3)
                .build());
        assertThat(sightings.decode(v1)).isEqualTo(new Sighting("mill pond", null, 3));
        byte[] v2 = encode(new GenericRecordBuilder(released.get(1))
                .set("place", "weir")
                .set("observer", "Ada")
                .build());
        assertThat(sightings.decode(v2)).isEqualTo(new Sighting("weir", "Ada", 1));
    }

    @Test
    void unreleasedSchemaIsUnknown() throws Exception {
        Schema unreleased = new Schema.Parser()
                .parse(
                        "{\"type\": \"record\", \"name\": \"Reward\", \"fields\": [{\"name\": \"a\", \"type\": \"int\"}]}");
        byte[] bytes = encode(new GenericRecordBuilder(unreleased).set("a", 1).build());
        assertRefused(
                bytes,
                Cause.UNKNOWN_SCHEMA,
                "Reward refused: expected one of its 1 known schemas, found fingerprint %016x;"
                                .formatted(SchemaNormalization.parsingFingerprint64(unreleased))
                        + " upgrade this reader to a release that knows the writer's schema");
    }

    @Test
    void anotherRecordOfTheContractIsNoRecordOfThisClass() {
        assertRefused(
                RecordCodec.of(Generation.class).encode(Records.generation()),
                Cause.NOT_A_RECORD,
                "Reward refused: expected one of its 1 known schemas, found a Generation; was it sent to the wrong topic?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "C3", "C301", "C30100000000000000", "7B2276616C7565223A317D"})
    void bytesWithoutTheHeaderAreNoRecord(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        UndecodableException refusal = refusal(bytes);
        assertThat(refusal.reason()).isEqualTo(Cause.NOT_A_RECORD);
        assertThat(refusal)
                .hasMessageStartingWith("Reward refused: expected Avro single-object encoding, which starts with C3 01"
                        + " and is at least 10 bytes, found " + bytes.length + " bytes");
    }

    @Test
    void everyTruncationIsNoRecord() {
        byte[] whole = REWARDS.encode(Records.reward());
        for (int length = 0; length < whole.length; length++) {
            assertThat(refusal(Arrays.copyOf(whole, length)).reason()).isEqualTo(Cause.NOT_A_RECORD);
        }
    }

    @Test
    void bytesAfterTheEndAreRefused() {
        byte[] whole = REWARDS.encode(Records.reward());
        assertRefused(
                Arrays.copyOf(whole, whole.length + 2),
                Cause.NOT_A_RECORD,
                "Reward refused: expected %d bytes, found %d; bytes after the record's end belong to nothing"
                        .formatted(whole.length, whole.length + 2));
    }

    /** As varints: a length and an item count of 2^31 − 16, near 2^62, and below zero. */
    @ParameterizedTest
    @ValueSource(strings = {"E0FFFFFF0F", "FEFFFFFFFFFFFFFF7F", "01", "0102"})
    void hostileLengthsAreRefusedBeforeAnythingIsAllocated(String hex) {
        byte[] header = Arrays.copyOf(REWARDS.encode(Records.reward()), RecordCodec.HEADER_BYTES);
        assertThat(refusal(concat(header, HexFormat.of().parseHex(hex))).reason())
                .isEqualTo(Cause.NOT_A_RECORD);

        RecordCodec<DenseContext> arrays = RecordCodec.of(DenseContext.class);
        byte[] arrayHeader = Arrays.copyOf(arrays.encode(new DenseContext(List.of(1f))), RecordCodec.HEADER_BYTES);
        assertThatThrownBy(
                        () -> arrays.decode(concat(arrayHeader, HexFormat.of().parseHex(hex))))
                .isInstanceOf(UndecodableException.class);
    }

    @Test
    void manyThreadsShareACodec() {
        List<Reward> rewards = IntStream.range(0, 20_000)
                .mapToObj(i -> Reward.newBuilder(Records.reward())
                        .setRewardId("reward " + i)
                        .setValue(i)
                        .build())
                .toList();
        assertThat(rewards.parallelStream().map(RecordCodecTest::roundTrip).toList())
                .isEqualTo(rewards);
    }

    private static Reward roundTrip(Reward reward) {
        try {
            return REWARDS.decode(REWARDS.encode(reward));
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertRefused(byte[] bytes, Cause reason, String message) {
        assertThat(refusal(bytes)).hasMessage(message);
        assertThat(refusal(bytes).reason()).isEqualTo(reason);
    }

    private static UndecodableException refusal(byte[] bytes) {
        UndecodableException refusal = catchThrowableOfType(UndecodableException.class, () -> REWARDS.decode(bytes));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static byte[] encode(GenericRecord value) throws Exception {
        ByteBuffer buffer = new BinaryMessageEncoder<GenericRecord>(GenericData.get(), value.getSchema()).encode(value);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static byte[] concat(byte[] head, byte[] tail) {
        byte[] both = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, both, head.length, tail.length);
        return both;
    }
}
