package io.millrace.policy.safetensors;

import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.parameters.ParameterLayout.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where a layout's tensors lie in θ, and in a file: there by name, as the reference implementation sorts them. */
final class TensorPlaces {

    /** The reference implementation compares names as UTF-8; that is not the order of Java's strings. */
    private static final Comparator<String> BY_BYTES =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    /** A tensor and the position of its first value in θ. */
    record Place(Tensor tensor, int at) {

        List<Long> shape() {
            return List.of((long) tensor.rows(), (long) tensor.columns());
        }
    }

    private final SortedMap<String, Place> places = new TreeMap<>(BY_BYTES);

    TensorPlaces(ParameterLayout layout) {
        int at = 0;
        for (Tensor tensor : layout.tensors()) {
            String name = tensor.name();
            if (name.equals(Header.METADATA) || places.put(name, new Place(tensor, at)) != null) {
                throw new IllegalArgumentException("layout: expected tensors with names of their own, other than "
                        + Header.METADATA + ", found '" + name + "'");
            }
            at += tensor.size();
        }
    }

    /** The header of a file of all tensors. */
    Header header(SortedMap<String, String> metadata) {
        List<TensorEntry> entries = new ArrayList<>();
        long begin = 0;
        for (Place place : places.values()) {
            long end = begin + (long) place.tensor().size() * Float.BYTES;
            entries.add(new TensorEntry(place.tensor().name(), TensorEntry.F32, place.shape(), begin, end));
            begin = end;
        }
        return new Header(metadata, entries);
    }

    /**
     * Where the tensor of a header lies in θ.
     *
     * @throws IllegalArgumentException when the layout has none of that name
     */
    Place of(TensorEntry entry) {
        Place place = places.get(entry.name());
        if (place == null) {
            throw TensorFileException.of("tensors", "those of the policy, " + names(), "'" + entry.name() + "'");
        }
        return place;
    }

    /**
     * Refuses a header that does not hold exactly the tensors of the layout.
     *
     * @throws TensorFileException naming the first difference
     */
    void requireAllOf(Header header) {
        var missing = new TreeSet<>(places.keySet());
        for (TensorEntry entry : header.tensors()) {
            Place place = of(entry);
            if (!entry.shape().equals(place.shape())) {
                throw TensorFileException.of(
                        "shape of '" + entry.name() + "'",
                        place.shape() + " as the policy's model has it",
                        entry.shape().toString());
            }
            missing.remove(entry.name());
        }
        if (!missing.isEmpty()) {
            throw TensorFileException.of(
                    "tensors", "those of the policy, " + names(), "none of the name of " + missing);
        }
    }

    private List<String> names() {
        return List.copyOf(places.keySet());
    }
}
