package io.millrace.bench.curves;

import java.util.function.Consumer;

/** A learning problem with published figures, and how Millrace does on it. Its seeds are fixed. */
public interface Suite {

    /** What {@code --suite} calls it. */
    String name();

    /** One line: the problem, and how long it takes. */
    String description();

    /**
     * Runs it.
     *
     * @param progress told a line now and then
     */
    Findings run(RunLength length, Consumer<String> progress) throws InterruptedException;
}
