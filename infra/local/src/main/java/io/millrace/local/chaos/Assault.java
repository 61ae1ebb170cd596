package io.millrace.local.chaos;

import io.millrace.local.chaos.Strike.Kind;
import io.millrace.local.processes.Part;
import io.millrace.local.processes.ProcessCluster;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Carries strikes out, one after the other has been got over, and measures how long that takes. One thread. */
final class Assault {

    /** Longer than Flink's heartbeat, ZooKeeper's and Kafka's sessions last here. */
    private static final Duration PAUSE = Duration.ofSeconds(8);

    private final ProcessCluster cluster;
    private final Evidence evidence;
    private final Recovery recovery;
    private final Consumer<String> progress;
    private final Map<Victim, List<Double>> recovered = new EnumMap<>(Victim.class);
    private final Map<Victim, Integer> kills = new EnumMap<>(Victim.class);
    private final Map<Victim, Integer> pauses = new EnumMap<>(Victim.class);
    private final List<String> unrecovered = new ArrayList<>();
    private final Map<String, Integer> endedByThemselves = new TreeMap<>();

    Assault(ProcessCluster cluster, Evidence evidence, Recovery recovery, Consumer<String> progress) {
        this.cluster = cluster;
        this.evidence = evidence;
        this.recovery = recovery;
        this.progress = progress;
    }

    /** Does it, and returns when the system has recovered or can no longer be expected to. */
    void carryOut(Strike strike) {
        startWhatHasEnded();
        Part part = part(strike);
        long epoch = evidence.lineage().head().epoch();
        Instant since;
        if (strike.kind() == Kind.KILL) {
            since = Instant.now();
            part.kill();
            part.start();
            kills.merge(strike.victim(), 1, Integer::sum);
        } else {
            part.pause(PAUSE);
            since = Instant.now().plus(PAUSE);
            pauses.merge(strike.victim(), 1, Integer::sum);
        }
        boolean anew = strike.kind() == Kind.KILL && strike.victim().takesTheJobAlong();
        note(strike, part, recovery.await(since, anew ? epoch + 1 : epoch, whoMustRecover(strike)));
    }

    /** What supervises the parts in production would do that: a part may end by itself over what befell another. */
    void startWhatHasEnded() {
        for (Part part : cluster.parts()) {
            if (!part.alive()) {
                endedByThemselves.merge(part.name(), 1, Integer::sum);
                progress.accept(part.name() + " had ended by itself; started again");
                part.start();
            }
        }
    }

    private void note(Strike strike, Part part, OptionalDouble seconds) {
        String what =
                part.name() + (strike.kind() == Kind.KILL ? " killed" : " paused for " + PAUSE.toSeconds() + " s");
        if (seconds.isEmpty()) {
            unrecovered.add(what);
            progress.accept(what + ", and nothing was applied any more");
            return;
        }
        progress.accept(what + "; updates applied again after " + seconds.getAsDouble() + " s");
        if (strike.kind() == Kind.KILL) {
            recovered
                    .computeIfAbsent(strike.victim(), victim -> new ArrayList<>())
                    .add(seconds.getAsDouble());
        }
    }

    private Part part(Strike strike) {
        return switch (strike.victim()) {
            case TASKMANAGER -> one(cluster.taskManagers(), strike);
            case JOBMANAGER -> cluster.jobManager();
            case BROKER -> cluster.broker();
            case REPLICA -> one(cluster.replicas(), strike);
        };
    }

    private List<URI> whoMustRecover(Strike strike) {
        return strike.victim() == Victim.REPLICA ? List.of(one(cluster.serving(), strike)) : cluster.serving();
    }

    private static <T> T one(List<T> of, Strike strike) {
        return of.get(strike.which() % of.size());
    }

    int totalKills() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    Map<Victim, Integer> kills() {
        return kills;
    }

    Map<Victim, Integer> pauses() {
        return pauses;
    }

    /** Seconds from each kill until updates were applied again. */
    Map<Victim, List<Double>> recovered() {
        return recovered;
    }

    /** How often each part was found to have ended without having been killed, by its name. */
    Map<String, Integer> endedByThemselves() {
        return endedByThemselves;
    }

    /** What was done and not recovered from. */
    List<String> unrecovered() {
        return unrecovered;
    }
}
