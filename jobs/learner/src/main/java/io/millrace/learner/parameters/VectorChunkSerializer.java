package io.millrace.learner.parameters;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Length, then IEEE-754 bits, little-endian. This is a state format: it must stay readable. */
public final class VectorChunkSerializer extends TypeSerializerSingleton<VectorChunk> {

    private static final long serialVersionUID = 1L;

    public static final VectorChunkSerializer INSTANCE = new VectorChunkSerializer();

    @Override
    public void serialize(VectorChunk chunk, DataOutputView out) throws IOException {
        float[] values = chunk.values();
        ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        out.writeInt(values.length);
        out.write(buffer.array());
    }

    @Override
    public VectorChunk deserialize(DataInputView in) throws IOException {
        float[] values = new float[in.readInt()];
        byte[] bytes = new byte[Float.BYTES * values.length];
        in.readFully(bytes);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return new VectorChunk(values);
    }

    @Override
    public VectorChunk deserialize(VectorChunk reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public VectorChunk createInstance() {
        return new VectorChunk(new float[0]);
    }

    @Override
    public VectorChunk copy(VectorChunk from) {
        return from;
    }

    @Override
    public VectorChunk copy(VectorChunk from, VectorChunk reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public Snapshot snapshotConfiguration() {
        return new Snapshot();
    }

    /** No configuration: the format is the class. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<VectorChunk> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
