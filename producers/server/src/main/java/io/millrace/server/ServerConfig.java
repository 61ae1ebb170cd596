package io.millrace.server;

import io.millrace.server.token.FeedbackSecret;
import java.time.Duration;

/**
 * Where and how to serve over HTTP.
 *
 * @param host address to listen on
 * @param port to listen on; 0: any free one
 * @param feedbackSecret signs feedback tokens; replicas with the same one accept each other's
 * @param tokenLifetime how long after an output it may be rewarded at most; its policy's reward window may be shorter
 * @param maxBodyBytes largest body of a request
 */
public record ServerConfig(
        String host, int port, FeedbackSecret feedbackSecret, Duration tokenLifetime, int maxBodyBytes) {

    public static final String DEFAULT_HOST = "127.0.0.1";

    public static final Duration DEFAULT_TOKEN_LIFETIME = Duration.ofHours(24);

    public static final int DEFAULT_MAX_BODY_BYTES = 1024 * 1024;

    private static final int LAST_PORT = 65_535;

    private static final int LARGEST_BODY_BYTES = 64 * 1024 * 1024;

    private static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(1);

    private static final Duration LONGEST_LIFETIME = Duration.ofDays(366);

    /** @throws IllegalArgumentException naming the key of what is impossible */
    public ServerConfig {
        if (host.isBlank()) {
            throw new IllegalArgumentException("http.host: expected a name or an address, found nothing");
        }
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("http.port: expected 0 to " + LAST_PORT + ", found " + port);
        }
        if (tokenLifetime.compareTo(SHORTEST_LIFETIME) < 0 || tokenLifetime.compareTo(LONGEST_LIFETIME) > 0) {
            throw new IllegalArgumentException("feedback-token.lifetime: expected " + SHORTEST_LIFETIME + " to "
                    + LONGEST_LIFETIME + ", found " + tokenLifetime);
        }
        if (maxBodyBytes < 1 || maxBodyBytes > LARGEST_BODY_BYTES) {
            throw new IllegalArgumentException(
                    "http.max-body-bytes: expected 1 to " + LARGEST_BODY_BYTES + ", found " + maxBodyBytes);
        }
    }

    /** On this machine only, everything else as by default. */
    public static ServerConfig local(int port, FeedbackSecret feedbackSecret) {
        return new ServerConfig(DEFAULT_HOST, port, feedbackSecret, DEFAULT_TOKEN_LIFETIME, DEFAULT_MAX_BODY_BYTES);
    }
}
