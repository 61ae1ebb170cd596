package io.millrace.bench.curves.control;

import io.millrace.bench.environments.Environment;
import java.util.List;
import java.util.function.Supplier;

/**
 * An environment to learn in so many steps.
 *
 * @param name as the suite is called
 * @param title as pictures call it
 * @param actions names of the environment's actions, by their numbers
 * @param frames steps of all environments together
 * @param bar least mean return of the last hundred episodes
 */
record ControlTask(
        String name,
        String title,
        Supplier<? extends Environment> environments,
        List<String> actions,
        int frames,
        double bar,
        List<ControlMethod> methods) {}
