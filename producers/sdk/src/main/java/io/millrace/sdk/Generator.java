package io.millrace.sdk;

import io.millrace.policy.InvalidInputException;
import io.millrace.policy.wire.GenerationWriter;
import io.millrace.schemas.Generation;
import io.millrace.sdk.replica.Drawer;
import io.millrace.sdk.replica.Roster;
import io.millrace.sdk.replica.ServedPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeSet;

/** Draws an output and makes the record of it. No lock, and no copy of θ: many threads at once. */
final class Generator {

    /** An output and the record that must be logged before it may be shown. */
    record Drawn(Output output, Generation record) {}

    private final Roster roster;
    private final InstantSource clock;
    private final String replica;
    private final TrajectoryIds ids = new TrajectoryIds();

    Generator(Roster roster, InstantSource clock, String replica) {
        this.roster = roster;
        this.clock = clock;
        this.replica = replica;
    }

    /** Draws an output and the record of it, and counts it as served. */
    Drawn draw(GenerationRequest request) {
        ServedPolicy policy = policy(request);
        Drawer drawer = drawn(request, policy);
        // The broker and Avro keep milliseconds: what is answered should be what is logged.
        Instant now = Instant.ofEpochMilli(clock.millis());
        policy.served(drawer.epoch(), drawer.version(), now);
        Output output = output(request, drawer, now);
        var record = record(request, output.trajectoryId(), now)
                .setParametersEpoch(drawer.epoch())
                .setParametersVersion(drawer.version());
        GenerationWriter.write(request.prompt(), drawer.context(), drawer.generated(), record);
        return new Drawn(output, record.build());
    }

    /** The record of an output that somebody demonstrates. */
    Generation demonstrated(Demonstration demonstration) {
        GenerationRequest request = demonstration.request();
        ServedPolicy policy = policy(request);
        Drawer drawer = policy.drawer().orElseThrow(() -> notReady(policy));
        int[] actions;
        try {
            actions = drawer.actions(request.prompt(), demonstration.output());
        } catch (InvalidInputException e) {
            throw invalid(policy, e);
        }
        var record = record(request, request.trajectoryId().orElseGet(ids::next), Instant.ofEpochMilli(clock.millis()))
                .setParametersEpoch(policy.epoch())
                .setParametersVersion(policy.version())
                .setWeight((float) demonstration.weight());
        GenerationWriter.writeDemonstration(request.prompt(), drawer.context(), actions, record);
        return record.build();
    }

    /** The record of the state that a trajectory is cut off in. */
    Generation cutOff(CutOff cutOff) {
        GenerationRequest state = cutOff.state();
        ServedPolicy policy = policy(state);
        Drawer drawer = policy.drawer().orElseThrow(() -> notReady(policy));
        try {
            requireLearnedValues(policy);
            drawer.look(state.prompt());
        } catch (InvalidInputException e) {
            throw invalid(policy, e);
        }
        var record = record(state, cutOff.trajectoryId(), Instant.ofEpochMilli(clock.millis()))
                .setParametersEpoch(policy.epoch())
                .setParametersVersion(policy.version());
        GenerationWriter.writeCutOff(state.prompt(), drawer.context(), record);
        return record.build();
    }

    private static void requireLearnedValues(ServedPolicy policy) {
        if (!policy.learnsValues()) {
            throw new InvalidInputException(
                    "cut-off: expected a policy that learns the value of states, which stands for what would have followed,"
                            + " found one whose estimator.baseline is not critic; set that, or mark the last reward as last"
                            + " instead");
        }
    }

    private Generation.Builder record(GenerationRequest request, String trajectoryId, Instant now) {
        return Generation.newBuilder()
                .setPolicy(request.policy())
                .setTrajectoryId(trajectoryId)
                .setStep(request.step())
                .setLast(request.last())
                .setProducedAt(now)
                .setSegment(request.segment().orElse(null))
                .setGroup(request.group().orElse(null))
                .setPassProbability(1f)
                .setReplica(replica);
    }

    private static InvalidRequestException invalid(ServedPolicy policy, InvalidInputException e) {
        return new InvalidRequestException(e.getMessage() + " (policy '" + policy.name() + "')", e);
    }

    /** Draws an output that leaves no trace. */
    Output preview(GenerationRequest request) {
        Drawer drawer = drawn(request, policy(request));
        return output(request, drawer, clock.instant());
    }

    private Output output(GenerationRequest request, Drawer drawer, Instant now) {
        return new Output(
                request.policy(),
                request.trajectoryId().orElseGet(ids::next),
                request.step(),
                drawer.rendered(),
                Math.exp(drawer.generated().logProb()),
                drawer.epoch(),
                drawer.version(),
                now);
    }

    private Drawer drawn(GenerationRequest request, ServedPolicy policy) {
        Drawer drawer = policy.drawer().orElseThrow(() -> notReady(policy));
        try {
            drawer.draw(request.prompt(), request.sampling());
        } catch (InvalidInputException e) {
            throw invalid(policy, e);
        }
        return drawer;
    }

    private ServedPolicy policy(GenerationRequest request) {
        Optional<ServedPolicy> found = roster.find(request.policy());
        if (found.isPresent()) {
            return found.get();
        }
        if (!roster.isLoaded()) {
            throw new UnavailableException("policy '" + request.policy()
                    + "': expected the policies to have been read from Kafka, found none yet; try again later");
        }
        var names = new TreeSet<String>();
        roster.all().forEach(policy -> names.add(policy.name()));
        throw new UnknownPolicyException(
                "policy: expected one of " + names + ", found '" + request.policy() + "'; apply the policy first");
    }

    private static UnavailableException notReady(ServedPolicy policy) {
        String found = policy.problem()
                .map(problem -> "a specification that cannot be followed (" + problem + ")")
                .orElse("none yet");
        return new UnavailableException("policy '" + policy.name() + "': expected parameters, found " + found
                + "; try again when the learner has published some");
    }
}
