package io.millrace.local.flink;

import java.net.URI;

/** No Flink cluster answered. */
public final class FlinkAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FlinkAwayException(URI rest, String found) {
        super("Flink cluster: expected an answer of its REST interface at " + rest + ", found " + found
                + "; start the cluster, or give its address with --rest");
    }

    FlinkAwayException(URI rest, Throwable cause) {
        this(rest, cause.toString());
        initCause(cause);
    }
}
