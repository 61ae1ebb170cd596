package io.millrace.local.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks whether a port is free before anything is started or written for it. */
public final class FreePort {

    private FreePort() {}

    /**
     * Nothing, when the port can be listened on; {@code what}: names it for people, such as its option.
     *
     * @throws IllegalStateException when another process listens there
     */
    public static void require(String what, String host, int port) {
        if (port == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getAllByName(host)[0], port));
        } catch (IOException e) {
            throw new IllegalStateException(
                    what + ": expected " + host + ":" + port + " to be free, found: " + e.getMessage()
                            + "; stop what listens there, or choose another port with " + what,
                    e);
        }
    }
}
