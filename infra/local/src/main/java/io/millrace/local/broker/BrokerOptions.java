package io.millrace.local.broker;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a broker listens and keeps its data.
 *
 * @param dataDirectory kept when the broker closes; empty: a temporary one, deleted on close
 * @param port of the loopback address; 0: any free one
 */
public record BrokerOptions(Optional<Path> dataDirectory, int port) {

    public BrokerOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("broker port: expected 0 to 65535, found " + port);
        }
    }

    /** A broker that leaves nothing behind. */
    public static BrokerOptions temporary() {
        return new BrokerOptions(Optional.empty(), 0);
    }

    /** A broker that finds its data again. */
    public static BrokerOptions keptIn(Path dataDirectory) {
        return new BrokerOptions(Optional.of(dataDirectory), 0);
    }
}
