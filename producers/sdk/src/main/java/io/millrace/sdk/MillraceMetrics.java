package io.millrace.sdk;

/**
 * Counts since the start, for whatever exports metrics.
 *
 * @param generationsLogged generations that Kafka has acknowledged
 * @param generationsFailed generations refused or not acknowledged in time
 * @param feedbackLogged rewards that Kafka has acknowledged
 * @param feedbackFailed rewards refused or not acknowledged in time
 * @param waitingBytes handed to the producer and not acknowledged now
 * @param recordsSkipped records of the policies, parameters and snapshots topics that could not be decoded
 * @param resynchronisations times that the snapshots topic was read
 */
public record MillraceMetrics(
        long generationsLogged,
        long generationsFailed,
        long feedbackLogged,
        long feedbackFailed,
        long waitingBytes,
        long recordsSkipped,
        long resynchronisations) {}
