package io.millrace.local.processes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Finds out whether a part is ready by asking it. */
final class Probe {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final Duration ASK_EVERY = Duration.ofMillis(50);
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();

    /**
     * Returns when the part is ready.
     *
     * @throws IllegalStateException when it ends before, or is not ready in time; with its last words
     */
    static void await(Part part, Duration atMost, BooleanSupplier ready) {
        long deadlineNs = System.nanoTime() + atMost.toNanos();
        while (!ready.getAsBoolean()) {
            if (!part.alive()) {
                throw new IllegalStateException(part.name() + " has ended: expected it to start, found in "
                        + part.log().getFileName() + ":\n" + part.lastWords());
            }
            if (System.nanoTime() > deadlineNs || Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException(part.name() + ": expected it to be ready within " + atMost
                        + ", found in " + part.log().getFileName() + ":\n" + part.lastWords());
            }
            LockSupport.parkNanos(ASK_EVERY.toNanos());
        }
    }

    /** Whether somebody listens there. */
    static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    Math.toIntExact(ANSWER_WITHIN.toMillis()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a GET is answered with 200. */
    boolean answers(URI uri) {
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(ANSWER_WITHIN).GET().build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
