package io.millrace.simulator;

import io.millrace.simulator.listening.FeedbackCounts;
import io.millrace.simulator.listening.FeedbackSchedule;
import io.millrace.simulator.listening.Ledger;
import io.millrace.simulator.listening.RewardCurve;
import io.millrace.simulator.pace.Observation;
import io.millrace.simulator.pace.Pacer;
import io.millrace.simulator.service.Service;
import io.millrace.simulator.world.World;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import java.util.function.ToLongFunction;

/**
 * A world of users at work: they ask, hear, and answer late, until they are stopped.
 *
 * <p>Threads: one for each stream of users, one that sends feedback, one that watches the lag and sets the pace. What they
 * drive ({@link Generator}, {@link FeedbackSchedule}, {@link Pacer}) knows of none of them and takes the time from outside.
 */
public final class Simulation implements AutoCloseable {

    private static final long TICK_NANOS = Duration.ofMillis(1).toNanos();
    private static final long OBSERVE_NANOS = Duration.ofMillis(200).toNanos();
    private static final double NANOS_PER_SECOND = 1e9;

    private final Pacer pacer;
    private final DoubleSupplier lagMillis;
    private final Optional<Ledger> ledger;
    private final RewardCurve curve = new RewardCurve();
    private final GenerationCounts counts = new GenerationCounts();
    private final FeedbackSchedule schedule;
    private final List<Generator> streams;
    private final List<Thread> askers = new ArrayList<>();
    private final List<Thread> others = new ArrayList<>();
    private volatile Optional<Throwable> problem = Optional.empty();
    private volatile boolean asking = true;
    private volatile boolean running = true;

    private Simulation(Builder of) {
        this.pacer = of.pacer;
        this.lagMillis = of.lagMillis;
        this.ledger = of.ledgerHash.map(Ledger::new);
        this.schedule = new FeedbackSchedule(System::nanoTime, Clock.systemUTC(), ledger, curve);
        this.streams = new Users(of.settings, of.world, schedule, counts, pacer, System.nanoTime())
                .streams(of.service, of.http);
    }

    /** A simulation of {@code world}'s users, who use {@code service}. */
    public static Builder of(World world, Service service, SimulationSettings settings) {
        return new Builder(world, service, settings);
    }

    private void start() {
        streams.forEach(stream -> askers.add(thread("asks-" + askers.size(), () -> ask(stream))));
        others.add(thread("answers", this::answer));
        others.add(thread("paces", this::pace));
        askers.forEach(Thread::start);
        others.forEach(Thread::start);
    }

    private Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, "simulator-" + name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, failure) -> problem = Optional.of(failure));
        return thread;
    }

    private void ask(Generator stream) {
        while (asking) {
            pause(Math.min(stream.step(System.nanoTime()), OBSERVE_NANOS));
        }
    }

    private void answer() {
        while (running) {
            schedule.advance();
            pause(TICK_NANOS);
        }
    }

    private void pace() {
        long before = System.nanoTime();
        long acknowledged = 0;
        long failed = 0;
        while (running) {
            pause(OBSERVE_NANOS);
            long now = System.nanoTime();
            double seconds = (now - before) / NANOS_PER_SECOND;
            long newAcknowledged = counts.acknowledged.sum();
            long newFailed = counts.failed.sum();
            pacer.observe(new Observation(
                    seconds, lagMillis.getAsDouble(), (newAcknowledged - acknowledged) / seconds, newFailed - failed));
            before = now;
            acknowledged = newAcknowledged;
            failed = newFailed;
        }
    }

    private static void pause(long nanos) {
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        }
    }

    /** Lets nobody ask any more; those who have heard something will still answer. */
    public void stopAsking() {
        asking = false;
    }

    /**
     * Stops: nobody asks any more, and everybody who has something to say says it and is heard.
     *
     * @param patience longest wait for the last answers
     * @return whether all was said and taken in that time; if not, the rest never will be
     * @throws IllegalStateException when a thread of the simulation had died
     */
    public boolean stop(Duration patience) throws InterruptedException {
        stopAsking();
        for (Thread asker : askers) {
            asker.join();
        }
        long end = System.nanoTime() + patience.toNanos();
        while (outstanding() > 0 && problem.isEmpty() && end - System.nanoTime() > 0) {
            Thread.sleep(1);
        }
        boolean settled = outstanding() == 0;
        close();
        problem.ifPresent(failure -> {
            throw new IllegalStateException("simulation: a thread of it died; see the cause", failure);
        });
        return settled;
    }

    /** Stops at once; what was not said is never said. */
    @Override
    public void close() {
        asking = false;
        running = false;
        askers.forEach(LockSupport::unpark);
        others.forEach(LockSupport::unpark);
    }

    /** The hashes of the trajectories that must have been learned, once everything settled; empty without a ledger. */
    public long[] expected() {
        return ledger.map(Ledger::snapshot).orElseGet(() -> new long[0]);
    }

    /** What happened so far. */
    public Statistics statistics() {
        FeedbackCounts feedback = schedule.counts();
        return new Statistics(
                counts.requested.sum(),
                counts.acknowledged.sum(),
                counts.failed.sum(),
                feedback.rewarded(),
                feedback.never(),
                feedback.duplicates(),
                feedback.retries(),
                feedback.refused(),
                outstanding(),
                pacer.ratePerSecond(),
                curve.mean(0.0, 0.1),
                curve.mean(0.9, 1.0));
    }

    /** The mean score over the course of the run. */
    public RewardCurve rewards() {
        return curve;
    }

    /** Streams first: what leaves them has entered the schedule already. */
    private long outstanding() {
        long asked = streams.stream().mapToLong(Generator::outstanding).sum();
        return asked + schedule.counts().outstanding();
    }

    /** Collects what a simulation may have besides. */
    public static final class Builder {
        private final World world;
        private final Service service;
        private final SimulationSettings settings;
        private Optional<Service> http = Optional.empty();
        private Optional<ToLongFunction<String>> ledgerHash = Optional.empty();
        private Pacer pacer = Pacer.fixed(DEFAULT_RATE);
        private DoubleSupplier lagMillis = () -> Double.NaN;

        private static final double DEFAULT_RATE = 500;

        private Builder(World world, Service service, SimulationSettings settings) {
            this.world = world;
            this.service = service;
            this.settings = settings;
        }

        /** Where the users who come over HTTP go; without it nobody does. */
        public Builder http(Service service) {
            this.http = Optional.of(service);
            return this;
        }

        /** Keeps a ledger of what must be learned, by this hash of trajectory ids; 8 bytes for each. */
        public Builder ledger(ToLongFunction<String> hash) {
            this.ledgerHash = Optional.of(hash);
            return this;
        }

        /** The pace, and the recent update lag in milliseconds that it goes by (NaN: not known). */
        public Builder pace(Pacer pacer, DoubleSupplier lagMillis) {
            this.pacer = pacer;
            this.lagMillis = lagMillis;
            return this;
        }

        /** Lets the users in. */
        public Simulation start() {
            Simulation simulation = new Simulation(this);
            simulation.start();
            return simulation;
        }
    }
}
