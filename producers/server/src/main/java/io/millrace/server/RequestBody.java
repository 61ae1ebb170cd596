package io.millrace.server;

import io.javalin.http.Context;
import io.millrace.server.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;

/**
 * Reads the body of a request: within bounds of length and of time, since it keeps a thread from all others as long as it comes.
 */
final class RequestBody {

    /** Whoever needs longer for a megabyte had better send it again. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /**
     * Times the longest: such a body is refused before it comes. Of one that is a little too long some is read, since a client
     * that is still sending when the connection ends may not see the answer.
     */
    private static final long MUCH_TOO_LONG = 16;

    /** Most bodies are shorter; the room grows with what has come, whatever was announced. */
    private static final int FIRST_BYTES = 1024;

    private RequestBody() {}

    /**
     * All of it.
     *
     * @throws ProblemException 413 when it is too long, or says that it will be; 408 when it comes too slowly; 400 when it ends
     *     before its end
     */
    static byte[] read(Context ctx, int maxBytes) {
        String announced = ctx.header("Content-Length");
        // A number: Jetty refuses anything else.
        if (announced != null && Long.parseLong(announced) > MUCH_TOO_LONG * maxBytes) {
            throw tooLong(maxBytes);
        }
        long began = System.nanoTime();
        try (InputStream in = ctx.bodyInputStream()) {
            byte[] body = new byte[FIRST_BYTES];
            int length = 0;
            for (int read = 0; read >= 0; read = in.read(body, length, body.length - length)) {
                length += read;
                if (length > maxBytes) {
                    throw tooLong(maxBytes);
                }
                requireSoon(System.nanoTime() - began);
                if (length == body.length) {
                    body = Arrays.copyOf(body, 2 * length);
                }
            }
            return Arrays.copyOf(body, length);
        } catch (IOException e) {
            throw new ProblemException(400, "body: expected all of it, found the connection cut; send it again", e);
        }
    }

    private static ProblemException tooLong(int maxBytes) {
        return new ProblemException(
                413, "body: expected at most " + maxBytes + " bytes, found more; send fewer inputs");
    }

    private static void requireSoon(long nanos) {
        if (nanos > LONGEST.toNanos()) {
            throw new ProblemException(
                    408,
                    "body: expected all of it within " + LONGEST.toSeconds() + " s, found some of it; send it at once");
        }
    }
}
