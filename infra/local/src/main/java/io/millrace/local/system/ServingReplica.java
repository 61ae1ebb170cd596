package io.millrace.local.system;

import io.millrace.sdk.Millrace;
import io.millrace.sdk.MillraceConfig;
import io.millrace.sdk.MillraceEnvironment;
import io.millrace.server.MillraceServer;
import io.millrace.server.ServerConfig;

/**
 * One serving replica: in this JVM by its {@link Millrace}, over HTTP by its server.
 *
 * @param name as it reports itself
 */
public record ServingReplica(String name, Millrace millrace, MillraceServer server) implements AutoCloseable {

    /** Connects and listens; answers 503 until parameters have arrived. */
    public static ServingReplica open(MillraceConfig config, MillraceEnvironment environment, ServerConfig http) {
        Millrace millrace = Millrace.open(config, environment);
        try {
            return new ServingReplica(config.replica(), millrace, MillraceServer.start(http, millrace));
        } catch (RuntimeException e) {
            millrace.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } finally {
            millrace.close();
        }
    }
}
