package io.millrace.policy.safetensors;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The header of a file: its tensors in the order of their bytes, which lie side by side from 0 on, and free text.
 *
 * @param metadata the format's {@code __metadata__}
 */
record Header(SortedMap<String, String> metadata, List<TensorEntry> tensors) {

    /** The key that holds text, not a tensor. */
    static final String METADATA = "__metadata__";

    Header {
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        tensors = tensors.stream()
                .sorted(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end))
                .toList();
        long next = 0;
        for (TensorEntry tensor : tensors) {
            requireFloats(tensor);
            requirePlace(tensor, next);
            next = tensor.end();
        }
    }

    private static void requireFloats(TensorEntry tensor) {
        if (!tensor.dtype().equals(TensorEntry.F32)) {
            throw TensorFileException.of("dtype of '" + tensor.name() + "'", TensorEntry.F32, tensor.dtype());
        }
    }

    private static void requirePlace(TensorEntry tensor, long next) {
        String offsets = "[" + tensor.begin() + ", " + tensor.end() + "]";
        String what = "data_offsets of '" + tensor.name() + "'";
        if (tensor.begin() != next) {
            String fault = tensor.begin() < next ? ", which overlap the tensor before" : ", which leave a hole";
            throw TensorFileException.of(what, "a tensor that begins at byte " + next, offsets + fault);
        }
        long bytes = tensor.bytesOfFloats();
        if (tensor.end() - tensor.begin() != bytes) {
            throw TensorFileException.of(
                    what, bytes + " bytes, as the shape " + tensor.shape() + " of F32 takes", offsets);
        }
    }
}
