package io.millrace.local.chaos;

import java.time.Duration;

/**
 * One thing that befalls a cluster.
 *
 * @param quiet time since the last one was got over
 * @param which of several such parts
 */
record Strike(Duration quiet, Victim victim, Kind kind, int which) {

    enum Kind {
        /** {@code kill -9}, and a start right after, as whoever supervises processes does it. */
        KILL,
        /** SIGSTOP for longer than any timeout that others watch the part with. */
        PAUSE
    }
}
