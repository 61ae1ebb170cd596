package io.millrace.learner.parameters;

/**
 * Where θ stands: its identity is (epoch, version), since a restore rewinds θ and may issue a version twice with other
 * values.
 *
 * @param parentEpoch epoch that this one goes on from
 * @param parentVersion version that this epoch goes on from
 * @param chain checksum chain at the version
 * @param trajectoriesTotal trajectories in the lineage
 * @param steps optimizer steps in the lineage
 */
record Lineage(
        long epoch, long version, long parentEpoch, long parentVersion, int chain, long trajectoriesTotal, long steps) {

    /** A fresh lineage: version 0 of θ₀. */
    static Lineage begin(long epoch, int thetaChecksum) {
        return new Lineage(epoch, 0, epoch, 0, thetaChecksum, 0, 0);
    }

    /** The same θ in a new epoch. */
    Lineage reopened(long newEpoch) {
        return new Lineage(newEpoch, version, epoch, version, chain, trajectoriesTotal, steps);
    }

    Lineage stepped(long trajectories) {
        return new Lineage(
                epoch, version, parentEpoch, parentVersion, chain, trajectoriesTotal + trajectories, steps + 1);
    }

    /** Without trajectories that were counted but will not be published. */
    Lineage without(long trajectories) {
        return new Lineage(epoch, version, parentEpoch, parentVersion, chain, trajectoriesTotal - trajectories, steps);
    }

    Lineage published(int newChain) {
        return new Lineage(epoch, version + 1, parentEpoch, parentVersion, newChain, trajectoriesTotal, steps);
    }
}
