package io.millrace.local.endtoend;

import io.millrace.policy.parameters.ParameterReplica;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.sdk.replica.UpdateListener;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The versions that one replica has applied, in its order. */
final class AppliedVersions implements UpdateListener {

    private final Map<String, List<VersionId>> applied = new ConcurrentHashMap<>();

    @Override
    public void onUpdate(String policy, ParameterUpdate update, ParameterReplica.Outcome outcome, Instant at) {
        if (outcome == ParameterReplica.Outcome.APPLIED) {
            of(policy).add(new VersionId(update.getEpoch(), update.getVersion()));
        }
    }

    List<VersionId> of(String policy) {
        return applied.computeIfAbsent(policy, name -> new CopyOnWriteArrayList<>());
    }
}
