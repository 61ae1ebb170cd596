package io.millrace.local.chaos;

import java.util.Locale;

/** A kind of part that can die. */
public enum Victim {
    TASKMANAGER,
    JOBMANAGER,
    BROKER,
    REPLICA;

    /** As the command and the report call it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the job starts anew, in a new epoch, when one dies. */
    boolean takesTheJobAlong() {
        return this == TASKMANAGER || this == JOBMANAGER;
    }
}
