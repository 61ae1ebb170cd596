package io.millrace.local.flink;

import java.util.List;

/**
 * How a job fares.
 *
 * @param state Flink's name of it, such as {@code RUNNING}
 * @param tasks states of its operators, by the same names
 */
public record JobStatus(String state, List<String> tasks) {

    private static final List<String> ENDED = List.of("FAILED", "CANCELED", "FINISHED", "SUSPENDED");

    public JobStatus {
        tasks = List.copyOf(tasks);
    }

    /** Whether every task runs: a job calls itself running before it has slots. */
    public boolean runs() {
        return state.equals("RUNNING") && !tasks.isEmpty() && tasks.stream().allMatch("RUNNING"::equals);
    }

    /** Whether it will not be tried again. */
    public boolean ended() {
        return isEnd(state);
    }

    static boolean isEnd(String state) {
        return ENDED.contains(state);
    }

    /** Whether tasks wait for slots. */
    public boolean waitsForSlots() {
        return tasks.stream().anyMatch(task -> task.equals("SCHEDULED") || task.equals("CREATED"));
    }
}
