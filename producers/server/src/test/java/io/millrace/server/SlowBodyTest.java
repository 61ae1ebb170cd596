package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies that are announced and do not come. */
class SlowBodyTest {

    /** More than the server has threads. */
    private static final int MANY = 300;

    private ServedOverHttp served;

    @BeforeEach
    void start() throws InterruptedException {
        served = ServedOverHttp.withParameters();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void refusesABodyByItsAnnouncedLengthBeforeItComes() throws IOException {
        try (Socket socket = open(99_999_999_999L)) {
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(answer.readLine()).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void answersOthersAlthoughManyNeverFinishTheirBodies() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                slow.add(open(2_000));
            }

            assertThat(served.get("/health/live").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private Socket open(long announced) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), served.server.port());
        String head = "POST /v1/feedback HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + announced + "\r\n\r\n{";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }
}
