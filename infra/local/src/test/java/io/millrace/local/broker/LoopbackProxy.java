package io.millrace.local.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A TCP proxy on the loopback address that can be as bad as a network: it holds back what is sent, delays it, or drops every
 * connection. Whoever is told to connect to {@link #address} gets to the target.
 *
 * <p>Each direction of a connection is a thread that copies; a chunk is delayed before the next is read, so that a delay
 * bounds the throughput too.
 */
public final class LoopbackProxy implements AutoCloseable {

    private static final int CHUNK_BYTES = 64 * 1024;

    private final ServerSocket door;
    private final ExecutorService threads;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Duration delay = Duration.ZERO;
    private boolean held;
    private boolean cut;

    private LoopbackProxy(ServerSocket door) {
        this.door = door;
        this.threads = Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "loopback-proxy-" + door.getLocalPort());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Takes a port; connections wait until there is a target, {@link #connectTo}. */
    public static LoopbackProxy open() throws IOException {
        return new LoopbackProxy(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
    }

    /** Where to connect: host:port. */
    public String address() {
        return Ports.HOST + ":" + door.getLocalPort();
    }

    /** Lets connections through to a port of the loopback address. */
    public void connectTo(int targetPort) {
        threads.execute(() -> {
            while (!door.isClosed()) {
                try {
                    connect(door.accept(), targetPort);
                } catch (IOException e) {
                    // This port is given back, or nobody listens at the target: whoever came has been sent away.
                }
            }
        });
    }

    /** Nothing passes from now on, in either direction; connections stay. */
    public synchronized void hold() {
        held = true;
    }

    /** What was held back passes, and what comes after it. */
    public synchronized void release() {
        held = false;
        notifyAll();
    }

    /** Drops every connection, and every new one at once. */
    public synchronized void cut() {
        cut = true;
        sockets.forEach(LoopbackProxy::close);
    }

    /** New connections stay again. */
    public synchronized void mend() {
        cut = false;
    }

    /** Delays what is sent, in each direction, by so much. */
    public void delay(Duration each) {
        delay = each;
    }

    private synchronized void connect(Socket client, int targetPort) throws IOException {
        if (cut) {
            close(client);
            return;
        }
        try {
            var target = new Socket(InetAddress.getLoopbackAddress(), targetPort);
            client.setTcpNoDelay(true);
            target.setTcpNoDelay(true);
            sockets.addAll(List.of(client, target));
            threads.execute(() -> copy(client, target));
            threads.execute(() -> copy(target, client));
        } catch (IOException e) {
            close(client);
            throw e;
        }
    }

    /** Until either end closes, and then both are closed: Kafka never closes one direction alone. */
    private void copy(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                awaitPassage();
                out.write(chunk, 0, length);
            }
        } catch (IOException e) {
            // One of the two has gone: the other is told by what comes next.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(from);
            close(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void awaitPassage() throws InterruptedException {
        if (closed.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
            return;
        }
        synchronized (this) {
            while (held) {
                wait();
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError("a socket did not close", e);
        }
    }

    /** Drops every connection and gives the port back. */
    @Override
    public void close() {
        closed.countDown();
        try {
            door.close();
        } catch (IOException e) {
            throw new AssertionError("the port was not given back", e);
        }
        cut();
        threads.shutdownNow();
    }
}
