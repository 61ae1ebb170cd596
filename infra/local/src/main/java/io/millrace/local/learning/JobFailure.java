package io.millrace.local.learning;

import java.time.Instant;
import java.util.List;

/**
 * A failure of the job.
 *
 * @param cause the first of its causes, in one line
 */
public record JobFailure(Instant at, String cause) {

    private static final String CAUSE = "Caused by: ";

    /** From a stack trace as it is printed. */
    static JobFailure of(Instant at, String stackTrace) {
        List<String> lines = stackTrace.lines().toList();
        String cause = lines.isEmpty() ? "unknown" : lines.get(0);
        for (String line : lines) {
            if (line.startsWith(CAUSE)) {
                cause = line.substring(CAUSE.length());
            }
        }
        return new JobFailure(at, cause.strip());
    }
}
