package io.millrace.local.audit;

import io.millrace.schemas.ReplicaStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether all replicas of one policy hold the same θ, bit for bit. Replicas at the same (epoch, version) must have the
 * same checksum chain, and the same checksum of θ where both have computed it; and none may have found an update that does
 * not match what the learner said. Safe for use by several threads.
 */
public final class ReplicaAgreement {

    private final String policy;
    private final Map<Identity, Map<String, Claim>> claims = new HashMap<>();
    private final Map<String, ReplicaStatus> newest = new TreeMap<>();

    private record Identity(long epoch, long version) {}

    private record Claim(int chain, @Nullable Integer thetaChecksum) {}

    /**
     * One replica.
     *
     * @param checksumMatches with what the learner said and with what every other replica says
     * @param thetaChecked whether θ itself was compared at this version, not only the chain
     */
    public record Row(String id, long epoch, long version, boolean checksumMatches, boolean thetaChecked) {}

    public ReplicaAgreement(String policy) {
        this.policy = policy;
    }

    /** Takes a heartbeat. */
    public synchronized void observe(ReplicaStatus status) {
        if (!status.getPolicy().equals(policy)) {
            return;
        }
        newest.put(status.getReplica(), status);
        Map<String, Claim> at = claims.computeIfAbsent(identity(status), identity -> new HashMap<>());
        Claim before = at.get(status.getReplica());
        Integer theta = status.getThetaChecksum();
        if (theta == null && before != null) {
            theta = before.thetaChecksum();
        }
        at.put(status.getReplica(), new Claim(status.getChain(), theta));
    }

    /** Where every replica stands, by name. */
    public synchronized List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        newest.forEach((replica, status) -> {
            Map<String, Claim> same = claims.getOrDefault(identity(status), Map.of());
            Claim own = same.get(replica);
            rows.add(new Row(
                    replica,
                    status.getEpoch(),
                    status.getVersion(),
                    status.getChecksumMatches() && agreesEverywhere(replica),
                    own != null && own.thetaChecksum() != null));
        });
        return rows;
    }

    /** Whether the replica has never contradicted another one, at any version. */
    private boolean agreesEverywhere(String replica) {
        return claims.values().stream().allMatch(same -> {
            Claim own = same.get(replica);
            return own == null || same.values().stream().allMatch(other -> agree(own, other));
        });
    }

    private static boolean agree(Claim one, Claim other) {
        Integer theta = one.thetaChecksum();
        Integer otherTheta = other.thetaChecksum();
        return one.chain() == other.chain() && (theta == null || otherTheta == null || theta.equals(otherTheta));
    }

    private static Identity identity(ReplicaStatus status) {
        return new Identity(status.getEpoch(), status.getVersion());
    }
}
