package io.millrace.simulator;

import io.millrace.simulator.bandit.BanditWorld;
import io.millrace.simulator.pronounce.PronounceWorld;
import io.millrace.simulator.world.World;
import java.util.List;

/** The worlds that there are, by name. */
public final class Worlds {

    private static final List<String> NAMES = List.of(PronounceWorld.NAME, BanditWorld.NAME);

    private Worlds() {}

    /** What may be asked for. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Makes a world.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static World named(String name, long seed) {
        return switch (name) {
            case PronounceWorld.NAME -> PronounceWorld.load(seed);
            case BanditWorld.NAME -> new BanditWorld(seed, BanditWorld.DEFAULT_PERIOD);
            default -> throw new IllegalArgumentException("world: expected one of " + NAMES + ", found '" + name + "'");
        };
    }
}
