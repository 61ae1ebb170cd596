package io.millrace.local.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The loopback ports of a cluster, the same over all restarts of its parts.
 *
 * @param replicas one of each
 */
record Addresses(int zooKeeper, int broker, int rest, List<Integer> replicas) {

    static final String HOST = "127.0.0.1";
    private static final int OTHERS = 3;

    Addresses {
        replicas = List.copyOf(replicas);
    }

    /** Ports that were free a moment ago. */
    static Addresses free(int replicas) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < OTHERS + replicas; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                ports.add(socket.getLocalPort());
            }
            return new Addresses(ports.get(0), ports.get(1), ports.get(2), ports.subList(OTHERS, ports.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on " + HOST + ": " + e.getMessage(), e);
        } finally {
            held.forEach(Addresses::close);
        }
    }

    String kafka() {
        return HOST + ":" + broker;
    }

    URI flink() {
        return URI.create("http://" + HOST + ":" + rest);
    }

    URI replica(int index) {
        return URI.create("http://" + HOST + ":" + replicas.get(index));
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
