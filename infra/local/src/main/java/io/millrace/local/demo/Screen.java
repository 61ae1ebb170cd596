package io.millrace.local.demo;

import java.io.PrintWriter;

/** Where progress is shown. */
public sealed interface Screen permits LineScreen, TerminalScreen {

    /** A line every few seconds, for logs and pipes. */
    static Screen lines(PrintWriter out) {
        return new LineScreen(out);
    }

    /** One block that is redrawn in place. */
    static Screen terminal(PrintWriter out) {
        return new TerminalScreen(out);
    }

    /** Something that happened once. */
    void say(String line);

    void show(Progress progress);
}
