package io.millrace.local.flink;

/** The line of a Java stack trace that says what went wrong in the first place. */
final class FirstCause {

    private static final String CAUSED_BY = "Caused by: ";

    private FirstCause() {}

    /** The innermost cause; of a text without a trace, its first line. */
    static String of(String trace) {
        return trace.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(CAUSED_BY))
                .map(line -> line.substring(CAUSED_BY.length()))
                .reduce((outer, inner) -> inner)
                .or(() -> trace.lines().findFirst())
                .orElse("no reason given")
                .strip();
    }
}
