package io.millrace.learner.gradient;

import io.millrace.policy.gradient.BatchStatistics;
import io.millrace.policy.parameters.SparseRows;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes the arrays in bulk. Never in state: a batch is flushed before every checkpoint. */
public final class PartialGradientSerializer extends TypeSerializerSingleton<PartialGradient> {

    private static final long serialVersionUID = 1L;

    private static final ThreadLocal<ArrayIo> SCRATCH = ThreadLocal.withInitial(ArrayIo::new);

    static final PartialGradientSerializer INSTANCE = new PartialGradientSerializer();

    @Override
    public void serialize(PartialGradient g, DataOutputView out) throws IOException {
        StringValue.writeString(g.policy(), out);
        SparseRows rows = g.gradient();
        out.writeInt(rows.width());
        out.writeInt(rows.count());
        ArrayIo scratch = SCRATCH.get();
        scratch.write(rows.rows(), out);
        scratch.write(rows.values(), out);
        g.statistics().write(out);
        g.totals().write(out);
        LearnedTrajectories trajectories = g.trajectories();
        out.writeInt(trajectories.size());
        for (int i = 0; i < trajectories.size(); i++) {
            // Not writeUTF, which refuses what is longer than 64 KiB: clients choose their ids.
            StringValue.writeString(trajectories.ids()[i], out);
            out.writeLong(trajectories.observedAtMs()[i]);
            out.writeLong(trajectories.appendedAtMs()[i]);
            out.writeLong(trajectories.joinedAtMs()[i]);
        }
    }

    @Override
    public PartialGradient deserialize(DataInputView in) throws IOException {
        String policy = StringValue.readString(in);
        int width = in.readInt();
        int count = in.readInt();
        ArrayIo scratch = SCRATCH.get();
        int[] rows = scratch.readInts(count, in);
        float[] values = scratch.readFloats(count * width, in);
        return new PartialGradient(
                policy,
                new SparseRows(width, rows, values),
                BatchStatistics.read(in),
                BatchTotals.read(in),
                readTrajectories(in));
    }

    private static LearnedTrajectories readTrajectories(DataInputView in) throws IOException {
        int size = in.readInt();
        var trajectories = new LearnedTrajectories(new String[size], new long[size], new long[size], new long[size]);
        for (int i = 0; i < size; i++) {
            trajectories.ids()[i] = StringValue.readString(in);
            trajectories.observedAtMs()[i] = in.readLong();
            trajectories.appendedAtMs()[i] = in.readLong();
            trajectories.joinedAtMs()[i] = in.readLong();
        }
        return trajectories;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public PartialGradient createInstance() {
        return new PartialGradient(
                "",
                new SparseRows(1, new int[0], new float[0]),
                new BatchStatistics(),
                new BatchTotals(),
                new LearnedTrajectories(new String[0], new long[0], new long[0], new long[0]));
    }

    @Override
    public PartialGradient copy(PartialGradient from) {
        return from;
    }

    @Override
    public PartialGradient copy(PartialGradient from, PartialGradient reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public PartialGradient deserialize(PartialGradient reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public Snapshot snapshotConfiguration() {
        return new Snapshot();
    }

    /** No configuration: the format is the class. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<PartialGradient> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
