package io.millrace.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.Generation;
import io.millrace.schemas.Reward;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.avro.specific.SpecificRecord;

/** Whatever the bytes, a codec answers with a record or an {@link UndecodableException}, and never with anything else. */
class RecordCodecProperties {

    @Property(tries = 2000)
    void anyBytesAreARecordOrUndecodable(@ForAll @Size(max = 200) byte[] bytes) {
        decode(Generation.class, bytes);
    }

    @Property(tries = 3000)
    void anyBytesAfterAnHonestHeaderAreARecordOrUndecodable(@ForAll @Size(max = 200) byte[] body) {
        decode(Generation.class, afterHeader(encoded(Records.generation(), Generation.class), body));
        decode(Reward.class, afterHeader(encoded(Records.reward(), Reward.class), body));
        decode(DeadLetter.class, afterHeader(encoded(Records.deadLetter(), DeadLetter.class), body));
    }

    @Property(tries = 5000)
    void damagedRecordsAreRecordsOrUndecodable(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = encoded(Records.generation(), Generation.class);
        for (int i = 0; i <= random.nextInt(4); i++) {
            bytes[RecordCodec.HEADER_BYTES + random.nextInt(bytes.length - RecordCodec.HEADER_BYTES)] =
                    (byte) random.nextInt();
        }
        decode(Generation.class, bytes);
    }

    private static <R extends SpecificRecord> void decode(Class<R> record, byte[] bytes) {
        RecordCodec<R> codec = RecordCodec.of(record);
        try {
            R decoded = codec.decode(bytes);
            assertThat(codec.encode(decoded)).isNotEmpty();
        } catch (UndecodableException e) {
            assertThat(e).hasMessageStartingWith(record.getSimpleName() + " refused: expected ");
        }
    }

    private static <R extends SpecificRecord> byte[] encoded(R value, Class<R> record) {
        return RecordCodec.of(record).encode(value);
    }

    private static byte[] afterHeader(byte[] honest, byte[] body) {
        byte[] bytes = Arrays.copyOf(honest, RecordCodec.HEADER_BYTES + body.length);
        System.arraycopy(body, 0, bytes, RecordCodec.HEADER_BYTES, body.length);
        return bytes;
    }
}
