package io.millrace.local.admin;

import java.time.Instant;

/**
 * A version of a policy's parameters that Kafka still holds whole.
 *
 * @param checksum CRC-32C of θ
 * @param trajectoriesTotal trajectories in its lineage
 */
public record KeptVersion(long epoch, long version, int checksum, long trajectoriesTotal, Instant createdAt) {

    /** As people write it: epoch.version. */
    public String id() {
        return epoch + "." + version;
    }
}
