package io.millrace.server.problem;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Problem details (RFC 9457) with three members of our own: what was expected, what was found, and how to mend it.
 *
 * <p>They are read off the sentence in which every part of Millrace reports an error: {@code what: expected X, found Y;
 * remedy}.
 *
 * @param status of the response
 * @param title the same for every problem of this status
 * @param detail this problem, for people
 */
public record Problem(int status, String title, String detail, String expected, String found, String remedy) {

    public static final String CONTENT_TYPE = "application/problem+json";

    private static final Pattern SENTENCE =
            Pattern.compile(".*?expected (?<expected>.*?), found (?<found>.*?)(?:; (?<remedy>[^;]*))?", Pattern.DOTALL);

    private static final String SEE_REFERENCE = "see /openapi.json";

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "The request cannot be used"),
            Map.entry(401, "The feedback token is not valid"),
            Map.entry(403, "The feedback token does not allow this"),
            Map.entry(404, "There is nothing here"),
            Map.entry(405, "The method does not fit the path"),
            Map.entry(413, "The body is too large"),
            Map.entry(415, "The body is of the wrong type"),
            Map.entry(500, "The server failed"),
            Map.entry(503, "Not available now"));

    /** A problem told by a sentence of the form above; what the sentence does not say is filled in. */
    public static Problem of(int status, String sentence) {
        String title = TITLES.getOrDefault(status, "The request was not answered");
        Matcher parts = SENTENCE.matcher(sentence);
        if (!parts.matches()) {
            return new Problem(status, title, sentence, "a request as in /openapi.json", sentence, SEE_REFERENCE);
        }
        String remedy = parts.group("remedy");
        return new Problem(
                status,
                title,
                sentence,
                parts.group("expected"),
                parts.group("found"),
                remedy == null ? SEE_REFERENCE : remedy);
    }
}
