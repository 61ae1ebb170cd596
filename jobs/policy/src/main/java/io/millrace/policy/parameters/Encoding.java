package io.millrace.policy.parameters;

import java.util.Optional;

/**
 * How a payload holds parameters.
 *
 * <p>All begin with two varints: the number of parameters in θ and the width of a row. The sparse ones go on with the
 * number of rows and, for each, ascending, the gap to the row before it (to −1 for the first; at least 1). Varints are
 * unsigned LEB128, floats little-endian. Then follow the values of the rows, or of all rows where dense:
 *
 * <ul>
 *   <li>of a snapshot as float32, bit by bit; rows that are left out are zero;
 *   <li>of a delta in blocks of {@link #rowsPerBlock} rows: a float32 scale, then one signed byte q a value, which stands
 *       for q · scale; a scale of zero stands for a block of zeros and has no bytes after it.
 * </ul>
 */
enum Encoding {
    SNAPSHOT_DENSE("snapshot-dense-f32", true, false),
    SNAPSHOT_SPARSE("snapshot-sparse-f32", true, true),
    DELTA_DENSE("delta-dense-i8", false, false),
    DELTA_SPARSE("delta-sparse-i8", false, true);

    /** A block that shares a scale has about as many values as this, in whole rows, and at least one row. */
    private static final int BLOCK_VALUES = 64;

    private final String wireName;
    private final boolean snapshot;
    private final boolean sparse;

    Encoding(String wireName, boolean snapshot, boolean sparse) {
        this.wireName = wireName;
        this.snapshot = snapshot;
        this.sparse = sparse;
    }

    static Optional<Encoding> of(String wireName) {
        for (Encoding encoding : values()) {
            if (encoding.wireName.equals(wireName)) {
                return Optional.of(encoding);
            }
        }
        return Optional.empty();
    }

    static int rowsPerBlock(int rowWidth) {
        return Math.max(1, BLOCK_VALUES / rowWidth);
    }

    String wireName() {
        return wireName;
    }

    boolean snapshot() {
        return snapshot;
    }

    boolean sparse() {
        return sparse;
    }
}
