package io.millrace.simulator;

import io.millrace.sdk.UnavailableException;
import io.millrace.simulator.service.Answer;
import io.millrace.simulator.service.Reaction;
import io.millrace.simulator.service.Service;
import io.millrace.simulator.world.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Answers everything with the same output and remembers what it was told. Fails as often as it is asked to. */
public final class FakeService implements Service {

    public record Told(Answer answer, Reaction reaction) {}

    private final List<String> output;
    private final List<Told> told = new ArrayList<>();
    private final List<Situation> asked = new ArrayList<>();
    private int failures;

    public FakeService(String... output) {
        this.output = List.of(output);
    }

    /** The next so many calls fail, by turns in one way or the other. */
    public synchronized void failNext(int calls) {
        failures = calls;
    }

    @Override
    public synchronized CompletableFuture<Answer> generate(Situation situation) {
        if (failures > 0) {
            return failure();
        }
        asked.add(situation);
        String id = "heard-" + output + "-" + asked.size();
        return CompletableFuture.completedFuture(new Answer(id, id, output));
    }

    @Override
    public synchronized CompletableFuture<Void> feedback(Answer answer, Reaction reaction) {
        if (failures > 0) {
            return failure();
        }
        told.add(new Told(answer, reaction));
        return CompletableFuture.completedFuture(null);
    }

    private <T> CompletableFuture<T> failure() {
        UnavailableException away = new UnavailableException("away");
        if (failures-- % 2 == 0) {
            throw away;
        }
        return CompletableFuture.failedFuture(away);
    }

    public synchronized List<Told> told() {
        return List.copyOf(told);
    }

    public synchronized List<Situation> asked() {
        return List.copyOf(asked);
    }
}
