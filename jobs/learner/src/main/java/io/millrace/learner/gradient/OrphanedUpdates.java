package io.millrace.learner.gradient;

import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.UpdateKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Updates of policies whose specification has not arrived yet, or only one that they do not fit. They come over two topics,
 * in no order: what follows the newest snapshot is kept, so that the worker needs no second one.
 */
final class OrphanedUpdates {

    private final Map<String, List<ParameterUpdate>> byPolicy = new HashMap<>();

    void add(ParameterUpdate update) {
        if (update.getKind() == UpdateKind.SNAPSHOT && update.getChunk() == 0) {
            byPolicy.put(update.getPolicy(), new ArrayList<>());
        }
        List<ParameterUpdate> kept = byPolicy.get(update.getPolicy());
        if (kept != null) {
            kept.add(update);
        }
    }

    /** The updates of the policy, from its newest snapshot on. */
    List<ParameterUpdate> remove(String policy) {
        List<ParameterUpdate> kept = byPolicy.remove(policy);
        return kept == null ? List.of() : kept;
    }

    void forget(String policy) {
        byPolicy.remove(policy);
    }
}
