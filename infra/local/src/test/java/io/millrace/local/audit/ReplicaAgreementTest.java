package io.millrace.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.ReplicaRole;
import io.millrace.schemas.ReplicaStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ReplicaAgreementTest {

    private final ReplicaAgreement agreement = new ReplicaAgreement("p");

    @Test
    void agreesWhenReplicasOfOneVersionHaveOneChainAndOneTheta() {
        agreement.observe(status("a", 7, 100).setThetaChecksum(5).build());
        agreement.observe(status("b", 7, 100).setThetaChecksum(5).build());

        assertThat(agreement.rows())
                .containsExactly(
                        new ReplicaAgreement.Row("a", 1, 7, true, true),
                        new ReplicaAgreement.Row("b", 1, 7, true, true));
    }

    @Test
    void seesAThetaThatDiffersUnderTheSameChain() {
        agreement.observe(status("a", 7, 100).setThetaChecksum(5).build());
        agreement.observe(status("b", 7, 100).setThetaChecksum(6).build());

        assertThat(agreement.rows())
                .extracting(ReplicaAgreement.Row::checksumMatches)
                .containsOnly(false);
    }

    @Test
    void seesAChainThatDiffers() {
        agreement.observe(status("a", 7, 100).build());
        agreement.observe(status("b", 7, 101).build());

        assertThat(agreement.rows())
                .extracting(ReplicaAgreement.Row::checksumMatches)
                .containsOnly(false);
    }

    @Test
    void doesNotForgetAContradictionWhenReplicasMoveOn() {
        agreement.observe(status("a", 7, 100).build());
        agreement.observe(status("b", 7, 101).build());
        agreement.observe(status("a", 8, 200).build());
        agreement.observe(status("b", 8, 200).build());

        assertThat(agreement.rows())
                .extracting(ReplicaAgreement.Row::checksumMatches)
                .containsOnly(false);
    }

    @Test
    void comparesNothingAcrossVersions() {
        agreement.observe(status("a", 7, 100).build());
        agreement.observe(status("b", 8, 200).build());

        assertThat(agreement.rows())
                .extracting(ReplicaAgreement.Row::checksumMatches)
                .containsOnly(true);
    }

    @Test
    void believesAReplicaThatHasFoundAMismatchItself() {
        agreement.observe(status("a", 7, 100).setChecksumMatches(false).build());

        assertThat(agreement.rows())
                .extracting(ReplicaAgreement.Row::checksumMatches)
                .containsExactly(false);
    }

    @Test
    void remembersThetasChecksumOverHeartbeatsWithoutOne() {
        agreement.observe(status("a", 7, 100).setThetaChecksum(5).build());
        agreement.observe(status("a", 7, 100).build());

        assertThat(agreement.rows())
                .extracting(ReplicaAgreement.Row::thetaChecked)
                .containsExactly(true);
    }

    @Test
    void ignoresOtherPolicies() {
        agreement.observe(status("a", 7, 100).setPolicy("other").build());

        assertThat(agreement.rows()).isEmpty();
    }

    private static ReplicaStatus.Builder status(String replica, long version, int chain) {
        return ReplicaStatus.newBuilder()
                .setReplica(replica)
                .setPolicy("p")
                .setRole(ReplicaRole.SERVING)
                .setEpoch(1)
                .setVersion(version)
                .setChain(chain)
                .setStartedAt(Instant.EPOCH)
                .setReportedAt(Instant.EPOCH);
    }
}
