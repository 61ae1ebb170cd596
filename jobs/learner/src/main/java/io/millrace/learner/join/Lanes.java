package io.millrace.learner.join;

import io.millrace.policy.spec.BaselineSpec;

/** Spreads one policy over several keys, without taking apart what is compared with each other. */
final class Lanes {

    private Lanes() {}

    /**
     * Key of the lane: of the trajectory's group where the baseline is of a group, so that a group has one home and a key of
     * its own; otherwise by segment, so that an average has one home; by trajectory where there is no segment.
     */
    static String lane(
            String policy, OpenTrajectory trajectory, String trajectoryId, BaselineSpec baseline, int lanes) {
        if (baseline.kind().ofGroup() && !trajectory.demonstrated) {
            return policy + "/group/" + trajectory.group;
        }
        int hash = (trajectory.segment.isEmpty() ? trajectoryId : trajectory.segment).hashCode();
        return policy + '/' + Math.floorMod(hash * 0x9E3779B9, lanes);
    }
}
