package io.millrace.learner.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learner.fixture.Serialized;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class VectorChunkSerializerTest {

    @Test
    void keepsEveryBit() {
        int[] bits = {0, 0x80000000, 1, 0x7f800000, 0xff800000, 0x7fc00000, 0x7fc00001, 0xffc12345, 0x3f800000};
        float[] values = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            values[i] = Float.intBitsToFloat(bits[i]);
        }

        float[] back = Serialized.roundTrip(VectorChunkSerializer.INSTANCE, new VectorChunk(values))
                .values();
        float[] streamed = Serialized.streamed(VectorChunkSerializer.INSTANCE, new VectorChunk(values))
                .values();

        for (int i = 0; i < bits.length; i++) {
            assertThat(Float.floatToRawIntBits(back[i])).isEqualTo(bits[i]);
            assertThat(Float.floatToRawIntBits(streamed[i])).isEqualTo(bits[i]);
        }
    }

    @Test
    void keepsAnEmptyChunk() {
        assertThat(Serialized.roundTrip(VectorChunkSerializer.INSTANCE, new VectorChunk(new float[0]))
                        .values())
                .isEmpty();
    }

    /** A state format: what was written once must stay readable. */
    @Test
    void writesALengthAndLittleEndianBits() throws Exception {
        var out = new DataOutputSerializer(16);

        VectorChunkSerializer.INSTANCE.serialize(new VectorChunk(new float[] {1f}), out);

        assertThat(out.getCopyOfBuffer()).containsExactly(0, 0, 0, 1, 0, 0, 0x80, 0x3f);
    }

    @Test
    void isRestoredByItsOwnSnapshot() {
        assertThat(VectorChunkSerializer.INSTANCE.snapshotConfiguration().restoreSerializer())
                .isSameAs(VectorChunkSerializer.INSTANCE);
    }
}
