package io.millrace.server;

import io.millrace.server.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers with problem details too what Jetty refuses before a route is looked for, such as a zero byte in a path. */
final class RefusedByJetty extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        response.write(true, body(response.getStatus()), callback);
        return true;
    }

    private static ByteBuffer body(int status) {
        Problem problem = Problem.of(
                status,
                "request: expected one of HTTP/1.1 whose path and headers are well-formed, found one that is not; mend"
                        + " its path and headers, and see /openapi.json");
        return ByteBuffer.wrap(Views.problem(problem).toString().getBytes(StandardCharsets.UTF_8));
    }
}
