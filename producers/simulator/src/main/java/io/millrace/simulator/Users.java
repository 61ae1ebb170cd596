package io.millrace.simulator;

import io.millrace.simulator.listening.FeedbackSchedule;
import io.millrace.simulator.pace.Pacer;
import io.millrace.simulator.service.Service;
import io.millrace.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/** Makes the streams of users and shares the allowed rate among them. */
final class Users {

    private static final int HTTP_MOST_OUTSTANDING = 64;

    private final SimulationSettings settings;
    private final World world;
    private final FeedbackSchedule schedule;
    private final GenerationCounts counts;
    private final Pacer pacer;
    private final SplittableRandom seeds;
    private final long nowNanos;

    Users(
            SimulationSettings settings,
            World world,
            FeedbackSchedule schedule,
            GenerationCounts counts,
            Pacer pacer,
            long nowNanos) {
        this.settings = settings;
        this.world = world;
        this.schedule = schedule;
        this.counts = counts;
        this.pacer = pacer;
        this.seeds = new SplittableRandom(settings.seed());
        this.nowNanos = nowNanos;
    }

    /** The bulk inside this JVM, and one stream over HTTP where there is a server. */
    List<Generator> streams(Service bulk, Optional<Service> http) {
        List<Generator> streams = new ArrayList<>();
        for (int i = 0; i < settings.generators(); i++) {
            streams.add(stream(bulk, () -> bulkRate(http.isPresent()), settings.mostOutstanding()));
        }
        if (settings.httpShare() > 0) {
            http.ifPresent(service -> streams.add(stream(service, this::httpRate, HTTP_MOST_OUTSTANDING)));
        }
        return List.copyOf(streams);
    }

    private Generator stream(Service service, DoubleSupplier rate, int mostOutstanding) {
        return new Generator(
                world, service, settings.listeners(), schedule, counts, seeds.split(), rate, mostOutstanding, nowNanos);
    }

    private double bulkRate(boolean shared) {
        return (pacer.ratePerSecond() - (shared ? httpRate() : 0)) / settings.generators();
    }

    private double httpRate() {
        return Math.min(pacer.ratePerSecond() * settings.httpShare(), settings.httpMostPerSecond());
    }
}
