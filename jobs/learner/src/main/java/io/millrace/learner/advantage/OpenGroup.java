package io.millrace.learner.advantage;

import io.millrace.learner.join.JoinedTrajectory;
import java.util.ArrayList;
import java.util.List;

/** Trajectories of one prompt that wait for the others of their group. A Flink POJO: it is keyed state. */
public final class OpenGroup {

    /** Members so far, in order of arrival; no trajectory twice. */
    public List<JoinedTrajectory> members = new ArrayList<>(4);
    /** Event time at which nobody waits any longer; milliseconds since the epoch. */
    public long deadlineMs;

    /** False when the trajectory is a member already. */
    boolean add(JoinedTrajectory trajectory) {
        for (JoinedTrajectory member : members) {
            if (member.trajectoryId().equals(trajectory.trajectoryId())) {
                return false;
            }
        }
        members.add(trajectory);
        return true;
    }

    boolean isComplete() {
        return members.size() >= newest().baseline().groupSize();
    }

    /** The member that knows the policy's newest specification. */
    JoinedTrajectory newest() {
        return members.get(members.size() - 1);
    }

    double[] rewards() {
        return members.stream().mapToDouble(JoinedTrajectory::reward).toArray();
    }
}
