package io.millrace.local.flink;

/**
 * A job that a cluster knows.
 *
 * @param state Flink's name of it, such as {@code RUNNING}
 */
public record ClusterJob(String id, String name, String state) {

    /** Whether it will not be tried again. */
    public boolean ended() {
        return JobStatus.isEnd(state);
    }

    /** As messages show it. */
    @Override
    public String toString() {
        return id + " (" + state + ")";
    }
}
