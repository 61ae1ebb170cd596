package io.millrace.bench.curves.pronounce;

import io.millrace.simulator.world.Example;
import java.util.List;

/** Errors of pronunciations. */
final class Errors {

    private Errors() {}

    /** Share of the words whose likeliest pronunciation is not the right one. */
    static double words(List<Example> examples) {
        return examples.stream()
                .mapToInt(example -> example.said().equals(example.best()) ? 0 : 1)
                .average()
                .orElseThrow();
    }
}
