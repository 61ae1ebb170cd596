package io.millrace.policy.parameters;

import java.util.Arrays;
import java.util.zip.CRC32C;

/** A whole vector, checked and ready to be copied. Reusable; one thread; holds on to the payload as a delta does. */
final class SnapshotPayload {

    private final RowIndex index;
    private final int size;
    private final int width;

    private byte[] payload = new byte[0];
    private int valuesAt;

    SnapshotPayload(ParameterLayout layout) {
        this.index = new RowIndex(layout);
        this.size = layout.size();
        this.width = layout.rowWidth();
    }

    /** Takes a payload, after all of it has been checked. After an exception this object must be read into again. */
    void read(Encoding encoding, byte[] bytes) throws CorruptPayloadException {
        PayloadCursor cursor = new PayloadCursor(bytes);
        index.read(encoding, cursor);
        cursor.requireLeft((long) index.count() * width * Float.BYTES);
        payload = bytes;
        valuesAt = cursor.position();
    }

    /** {@link Checksums#of} the vector, without the vector. */
    int checksum() {
        CRC32C crc = new CRC32C();
        byte[] zeros = new byte[width * Float.BYTES];
        int next = 0;
        for (int i = 0; i < index.count(); i++) {
            for (; next < index.row(i); next++) {
                crc.update(zeros, 0, zeros.length);
            }
            crc.update(payload, valuesAt + i * zeros.length, zeros.length);
            next++;
        }
        for (; next < size / width; next++) {
            crc.update(zeros, 0, zeros.length);
        }
        return (int) crc.getValue();
    }

    /** Overwrites the whole vector. */
    void copyTo(float[] values) {
        int next = 0;
        int at = valuesAt;
        for (int i = 0; i < index.count(); i++) {
            int to = index.row(i) * width;
            Arrays.fill(values, next, to, 0f);
            next = to + width;
            for (; to < next; to++) {
                values[to] = (float) PayloadCursor.FLOATS.get(payload, at);
                at += Float.BYTES;
            }
        }
        Arrays.fill(values, next, size, 0f);
    }
}
