package io.millrace.policy.parameters;

/**
 * One chunk of an update as it came off the wire, see the record ParameterUpdate for the fields.
 *
 * @param snapshot true for a whole vector, false for a delta to {@code baseVersion}
 * @param checksum of a delta the chain CRC-32C(previous chain, payload), of a snapshot the CRC-32C of the vector
 * @param chain the checksum chain after this update
 * @param thetaChecksum CRC-32C of the vector after a delta, where {@code audited}
 */
public record UpdateChunk(
        String policy,
        long epoch,
        long version,
        long baseVersion,
        boolean snapshot,
        int chunk,
        int chunks,
        String encoding,
        byte[] payload,
        int checksum,
        int chain,
        boolean audited,
        int thetaChecksum) {}
