package io.millrace.local.demo;

import io.millrace.simulator.world.Example;
import io.millrace.simulator.world.Preview;
import io.millrace.simulator.world.World;
import java.time.Duration;
import java.util.List;

/** Looks at what the policy says to held-out situations, now and then: each look costs generations. */
final class Audience {

    private static final int SAMPLE = 500;
    private static final int EXAMPLES = 6;
    private static final Duration EVERY = Duration.ofSeconds(3);

    private final World world;
    private final Preview preview;
    private Duration lookedAt = Duration.ofSeconds(Long.MIN_VALUE / 2);
    private double error;
    private List<Example> examples = List.of();

    Audience(World world, Preview preview) {
        this.world = world;
        this.preview = preview;
    }

    /** Over all held-out situations. */
    double fullError() {
        return world.error(preview, Integer.MAX_VALUE);
    }

    void look(Duration elapsed) {
        if (elapsed.minus(lookedAt).compareTo(EVERY) >= 0) {
            lookedAt = elapsed;
            error = world.error(preview, SAMPLE);
            examples = world.examples(preview, EXAMPLES);
        }
    }

    double error() {
        return error;
    }

    List<Example> examples() {
        return examples;
    }
}
