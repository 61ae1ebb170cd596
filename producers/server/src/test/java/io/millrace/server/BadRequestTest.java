package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.millrace.sdk.fixture.TestClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadRequestTest {

    private static final String GENERATIONS = "/v1/policies/home/generations";

    private static ServedOverHttp served;

    @BeforeAll
    static void start() throws InterruptedException {
        served = ServedOverHttp.withParameters();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    static Stream<Arguments> badGenerations() {
        String candidates = "\"candidates\": [{\"id\": \"a\"}, {\"id\": \"b\"}]";
        return Stream.of(
                bad("", "found nothing"),
                bad("{", "expected JSON"),
                bad("tokens", "expected JSON"),
                bad("{} {}", "expected JSON"),
                bad("[]", "body: expected a JSON object, found array"),
                bad("null", "body: expected a JSON object, found null"),
                bad("{\"tokens\": [\"a\"], \"tokens\": [\"b\"]}", "Duplicate"),
                bad("{}", "expected exactly one of tokens, vector and candidates, found 0"),
                bad("{\"tokens\": [\"a\"], \"vector\": [1]}", "found 2"),
                bad("{\"tokenz\": [\"a\"]}", "found 'tokenz'"),
                bad("{\"tokens\": \"abc\"}", "tokens: expected an array of text, found text 'abc'"),
                bad("{\"tokens\": [\"a\", 7]}", "tokens[1]: expected text, found number"),
                bad("{\"tokens\": [\"a\"]}", "policy 'home'"),
                bad("{\"vector\": [1, 2]}", "policy 'home'"),
                bad("{\"vector\": [1, \"2\"]}", "vector[1]: expected a finite number, found text '2'"),
                bad("{\"vector\": [1, NaN]}", "expected JSON"),
                bad("{\"vector\": [Infinity]}", "expected JSON"),
                bad("{\"vector\": [1e999]}", "vector[0]: expected a finite number"),
                bad("{\"vector\": [1e39]}", "vector[0]: expected a number of 32 bits"),
                bad("{\"features\": {\"hour\": 1}}", "expected candidates to choose from"),
                bad("{\"features\": [1], " + candidates + "}", "features: expected an object of numbers, found array"),
                bad(
                        "{\"features\": {\"hour\": \"late\"}, " + candidates + "}",
                        "features.hour: expected a finite number"),
                bad("{\"candidates\": {}}", "candidates: expected an array of objects, found object"),
                bad("{\"candidates\": []}", "found 0"),
                bad("{\"candidates\": [7]}", "candidates[0]: expected a JSON object, found number"),
                bad("{\"candidates\": [{\"features\": {}}]}", "candidates[0].id: expected text, found nothing"),
                bad(
                        "{\"candidates\": [{\"id\": \"a\", \"excluded\": 1}]}",
                        "candidates[0].excluded: expected true or false"),
                bad("{\"candidates\": [{\"id\": \"a\", \"excluded\": true}]}", "at least one that is not excluded"),
                bad("{\"candidates\": [{\"id\": 7}]}", "candidates[0].id: expected text, found number"),
                bad("{\"candidates\": [{\"id\": \"a\", \"price\": 7}]}", "found 'price'"),
                bad(
                        "{\"candidates\": [{\"id\": \"a\", \"features\": {\"x\": null}}]}",
                        "candidates[0].features.x: expected a finite number, found null"),
                bad("{" + candidates + ", \"draw\": \"best\"}", "draw: expected 'sample' or 'greedy', found 'best'"),
                bad("{" + candidates + ", \"temperature\": 0}", "temperature: expected 0.01 to 100.0, found 0.0"),
                bad("{" + candidates + ", \"temperature\": 1e-300}", "temperature: expected 0.01 to 100.0"),
                bad("{" + candidates + ", \"temperature\": \"hot\"}", "temperature: expected a finite number"),
                bad("{" + candidates + ", \"topK\": -1}", "topK: expected 0 (no restriction) or more, found -1"),
                bad("{" + candidates + ", \"topK\": 1.5}", "topK: expected an integer"),
                bad("{" + candidates + ", \"topP\": 0}", "topP: expected a number above 0 and at most 1"),
                bad("{" + candidates + ", \"topP\": \"all\"}", "topP: expected a finite number"),
                bad(
                        "{" + candidates + ", \"topK\": 2}",
                        "for a policy of kind choice, found 2 and 1.0; leave them out"),
                bad("{" + candidates + ", \"topP\": 0.9}", "for a policy of kind choice, found 0 and 0.9"),
                bad("{" + candidates + ", \"segment\": \" \"}", "segment: expected 1 to 200 characters"),
                bad("{" + candidates + ", \"group\": \"" + "g".repeat(201) + "\"}", "group: expected 1 to 200"),
                bad("{" + candidates + ", \"step\": 1}", "found only step"),
                bad("{" + candidates + ", \"trajectoryId\": \"t\"}", "found only trajectoryId"),
                bad("{" + candidates + ", \"trajectoryId\": \"t\", \"step\": -1}", "step: expected 0 or more"),
                bad("{" + candidates + ", \"trajectoryId\": \"t\", \"step\": 1.5}", "step: expected an integer"),
                bad("{" + candidates + ", \"trajectoryId\": \"t\", \"step\": 4294967296}", "found 4294967296"),
                bad("{" + candidates + ", \"last\": \"yes\"}", "last: expected true or false, found text 'yes'"));
    }

    static Stream<Arguments> badFeedback() {
        String token = "\"feedbackToken\": \"" + served.token() + "\"";
        return Stream.of(
                bad("{}", "feedbackToken: expected text, found nothing"),
                bad("{" + token + "}", "value: expected a finite number, found nothing"),
                bad("{" + token + ", \"value\": \"good\"}", "value: expected a finite number, found text 'good'"),
                bad("{" + token + ", \"value\": null}", "value: expected a finite number, found nothing"),
                bad("{" + token + ", \"value\": NaN}", "expected JSON"),
                bad("{" + token + ", \"value\": -Infinity}", "expected JSON"),
                bad("{" + token + ", \"value\": 1e400}", "value: expected a finite number"),
                bad("{" + token + ", \"value\": 1, \"name\": \"\"}", "name: expected 1 to 200 characters"),
                bad(
                        "{" + token + ", \"value\": 1, \"name\": \"stars\"}",
                        "expected one of the metrics [score, thumbs] of policy 'home', found 'stars'"),
                bad("{" + token + ", \"value\": 1, \"last\": 1}", "last: expected true or false, found number"),
                bad("{" + token + ", \"value\": 1, \"trajectoryId\": \"t\"}", "found 'trajectoryId'"));
    }

    static Stream<Arguments> badTokens() throws JOSEException {
        byte[] other = ServedOverHttp.SECRET.clone();
        other[0]++;
        byte[] longer = Arrays.copyOf(ServedOverHttp.SECRET, 64);
        String good = served.token();
        return Stream.of(
                bad("", "something else"),
                bad("abc", "something else"),
                bad("a.b.c", "something else"),
                bad(good.substring(0, good.length() - 4) + "AAAA", "another signature"),
                bad(swappedClaims(good), "another signature"),
                bad(signed(JWSAlgorithm.HS256, other, claims().build()), "another signature"),
                bad(signed(JWSAlgorithm.HS512, longer, claims().build()), "another algorithm"),
                bad(new PlainJWT(claims().build()).serialize(), "something else"),
                bad(
                        signed(
                                JWSAlgorithm.HS256,
                                ServedOverHttp.SECRET,
                                claims().subject(null).build()),
                        "without policy, trajectory and step"),
                bad(
                        signed(
                                JWSAlgorithm.HS256,
                                ServedOverHttp.SECRET,
                                claims().claim("step", "first").build()),
                        "other claims"),
                bad(
                        signed(
                                JWSAlgorithm.HS256,
                                ServedOverHttp.SECRET,
                                claims().claim("until", null).build()),
                        "without an expiry"));
    }

    @ParameterizedTest
    @MethodSource("badGenerations")
    void refusesABadRequestForAnOutput(String body, String detail) {
        requireProblem(400, detail, served.post(GENERATIONS, body));
    }

    @ParameterizedTest
    @MethodSource("badFeedback")
    void refusesBadFeedback(String body, String detail) {
        requireProblem(400, detail, served.post("/v1/feedback", body));
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void refusesATokenThatItDidNotIssue(String token, String detail) {
        HttpResponse<String> response =
                served.post("/v1/feedback", "{\"feedbackToken\": \"" + token + "\", \"value\": 1}");

        requireProblem(401, detail, response);
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    @Test
    void doesNotKnowAnUnknownPolicy() {
        requireProblem(
                404,
                "expected one of [home], found 'hoem'",
                served.post("/v1/policies/hoem/generations", ServedOverHttp.CHOICE));
        requireProblem(404, "expected one of [home], found 'hoem'", served.get("/v1/policies/hoem"));
    }

    @Test
    void doesNotKnowAnUnknownPath() {
        requireProblem(404, "found '/v2/policies'", served.get("/v2/policies"));
    }

    @Test
    void answersAPathThatIsNoneWithAProblemToo() throws IOException {
        String answer = raw("GET /v1/policies/%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .containsIgnoringCase("Content-Type: application/problem+json")
                .contains("\"remedy\"")
                .doesNotContain("<html");
        assertThat(raw("nonsense\r\n\r\n")).contains("application/problem+json");
    }

    /** What comes back for bytes that no client would send. */
    private static String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), served.server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void namesTheMethodsOfAPathWhenAnotherIsUsed() {
        HttpResponse<String> response = served.get(GENERATIONS);
        HttpResponse<String> deletion =
                served.send(served.request("/v1/policies").DELETE());

        requireProblem(405, "expected one of [POST], found GET", response);
        assertThat(response.headers().firstValue("Allow")).hasValue("POST");
        requireProblem(405, "expected one of [GET], found DELETE", deletion);
    }

    @Test
    void refusesABodyThatIsTooLargeWhetherItsLengthIsDeclaredOrNot() {
        byte[] large = ("{\"tokens\": [\"" + "a".repeat(110_000) + "\"]}").getBytes(StandardCharsets.UTF_8);

        requireProblem(413, "expected at most 100000 bytes", send(large, true));
        requireProblem(413, "expected at most 100000 bytes", send(large, false));
    }

    private static HttpResponse<String> send(byte[] body, boolean declared) {
        return served.send(served.request(GENERATIONS)
                .header("Content-Type", "application/json")
                .POST(
                        declared
                                ? BodyPublishers.ofByteArray(body)
                                : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }

    @Test
    void refusesABodyThatIsNotJson() {
        requireProblem(
                415,
                "found 'text/plain'",
                served.send(served.request(GENERATIONS)
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{}"))));
        requireProblem(
                415,
                "found none",
                served.send(served.request("/v1/feedback").POST(BodyPublishers.ofByteArray(new byte[] {'{', '}'}))));
    }

    private static void requireProblem(int status, String detail, HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        JsonNode problem = ServedOverHttp.json(response);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("detail").textValue()).contains(detail);
        for (String member : new String[] {"type", "title", "expected", "found", "remedy"}) {
            assertThat(problem.get(member).textValue()).as(member).isNotBlank();
        }
    }

    private static Arguments bad(String sent, String detail) {
        return Arguments.of(sent, detail);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .subject("t")
                .claim("policy", "home")
                .claim("step", 0)
                .claim("until", TestClock.START.plus(Duration.ofDays(1)).toEpochMilli())
                .expirationTime(Date.from(TestClock.START.plus(Duration.ofDays(1))));
    }

    private static String signed(JWSAlgorithm algorithm, byte[] secret, JWTClaimsSet claims) throws JOSEException {
        var token = new SignedJWT(new JWSHeader(algorithm), claims);
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    /** The good signature under other claims. */
    private static String swappedClaims(String good) {
        String[] parts = good.split("\\.", -1);
        return parts[0] + "." + claims().build().toPayload().toBase64URL() + "." + parts[2];
    }
}
