package io.millrace.local.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * The two loopback ports of a broker.
 *
 * @param broker where clients connect
 * @param controller where the broker's own quorum of one connects
 */
record Ports(int broker, int controller) {

    static final String HOST = "127.0.0.1";

    /** Ports that were free a moment ago; another process may still take them, so whoever binds must be ready to retry. */
    static Ports pick(int wanted) {
        try (ServerSocket first = open();
                ServerSocket second = open()) {
            return new Ports(wanted == 0 ? first.getLocalPort() : wanted, second.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on " + HOST + ": " + e.getMessage(), e);
        }
    }

    String bootstrapServers() {
        return HOST + ":" + broker;
    }

    private static ServerSocket open() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
