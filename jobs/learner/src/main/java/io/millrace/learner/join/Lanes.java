package io.millrace.learner.join;

/** Spreads one policy over several keys, without taking a segment apart. */
final class Lanes {

    private Lanes() {}

    /** Key of the lane: by segment, so that a baseline has one home; by trajectory where there is no segment. */
    static String lane(String policy, String segment, String trajectoryId, int lanes) {
        int hash = (segment.isEmpty() ? trajectoryId : segment).hashCode();
        return policy + '/' + Math.floorMod(hash * 0x9E3779B9, lanes);
    }
}
