package io.millrace.policy.wire;

import io.millrace.policy.FeatureHash;
import io.millrace.policy.Features;
import io.millrace.policy.InvalidInputException;
import io.millrace.schemas.Feature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named features on the wire and hashed ones in the maths.
 *
 * <p>Both sides keep them in the order of their hashes, so that a learner sums in the order in which the server did and
 * finds the same probabilities, bit for bit.
 */
final class WireFeatures {

    private WireFeatures() {}

    static List<Feature> write(Map<String, Float> named) {
        List<Entry<String, Float>> ordered = new ArrayList<>(named.entrySet());
        ordered.sort(Comparator.comparingLong(entry -> FeatureHash.of(entry.getKey())));
        List<Feature> features = new ArrayList<>(ordered.size());
        for (Entry<String, Float> entry : ordered) {
            features.add(new Feature(entry.getKey(), entry.getValue()));
        }
        return features;
    }

    static Features read(String where, List<Feature> features) {
        long[] hashes = new long[features.size()];
        float[] values = new float[hashes.length];
        boolean ascending = true;
        for (int i = 0; i < hashes.length; i++) {
            Feature feature = features.get(i);
            hashes[i] = FeatureHash.of(feature.getName());
            values[i] = requireFinite(where, i, feature.getValue());
            ascending &= i == 0 || hashes[i - 1] < hashes[i];
        }
        return ascending ? new Features(hashes, values) : ordered(hashes, values);
    }

    /** Of a foreign writer: in order, features of one name added up. */
    private static Features ordered(long[] hashes, float[] values) {
        SortedMap<Long, Float> byHash = new TreeMap<>();
        for (int i = 0; i < hashes.length; i++) {
            byHash.merge(hashes[i], values[i], Float::sum);
        }
        long[] orderedHashes = new long[byHash.size()];
        float[] orderedValues = new float[byHash.size()];
        int at = 0;
        for (Entry<Long, Float> entry : byHash.entrySet()) {
            orderedHashes[at] = entry.getKey();
            orderedValues[at++] = entry.getValue();
        }
        return new Features(orderedHashes, orderedValues);
    }

    static float requireFinite(String where, int index, float value) {
        if (!Float.isFinite(value)) {
            throw new InvalidInputException(where + "[" + index + "]: expected a finite number, found " + value);
        }
        return value;
    }
}
