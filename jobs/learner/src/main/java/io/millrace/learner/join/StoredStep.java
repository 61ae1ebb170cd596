package io.millrace.learner.join;

import io.millrace.learner.ingest.RawRecord;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A step that waits for its reward.
 *
 * @param step position in the trajectory, from 0
 * @param last whether no step follows
 * @param cutOff whether nobody acted in it: the state that its trajectory was cut off in
 * @param eventTimeMs when it was generated, but no later than the broker saw it; milliseconds since the epoch
 * @param weight of a demonstration how much it counts, otherwise 1
 * @param record the generation as it came
 */
public record StoredStep(int step, boolean last, boolean cutOff, long eventTimeMs, double weight, RawRecord record) {

    /** Of the bytes that came: tells the same generation delivered again from another one. */
    long contentHash() {
        var checksum = new CRC32C();
        checksum.update(record.value());
        return ((long) Arrays.hashCode(record.value()) << Integer.SIZE) | checksum.getValue();
    }
}
