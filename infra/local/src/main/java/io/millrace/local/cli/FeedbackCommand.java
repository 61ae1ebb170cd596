package io.millrace.local.cli;

import io.millrace.local.admin.FeedbackSender;
import io.millrace.local.admin.PolicyAdmin;
import io.millrace.policy.Trajectory;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.schemas.Reward;
import io.millrace.sdk.Feedback;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One reward by hand. */
@Command(name = "feedback", description = "Reward one trajectory by hand.", mixinStandardHelpOptions = true)
final class FeedbackCommand implements Callable<Integer> {

    @Mixin
    private final Printing printing = new Printing();

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--policy", required = true, paramLabel = "NAME", description = "Policy of the trajectory.")
    private String policy = "";

    @Option(names = "--trajectory", required = true, paramLabel = "ID", description = "The trajectory.")
    private String trajectory = "";

    @Option(names = "--value", required = true, paramLabel = "X", description = "How good it was; finite.")
    private double value;

    @Option(
            names = "--name",
            paramLabel = "METRIC",
            defaultValue = Feedback.DEFAULT_METRIC,
            description = "The metric. Default: ${DEFAULT-VALUE}.")
    private String name = "";

    @Option(
            names = "--reward-id",
            paramLabel = "ID",
            description = "The same one twice counts once. Default: a new one.")
    private Optional<String> rewardId = Optional.empty();

    @Option(names = "--step", paramLabel = "N", description = "Of the trajectory. Default: the whole trajectory.")
    private Optional<Integer> step = Optional.empty();

    @Option(names = "--last", description = "Nothing more will come for this trajectory.")
    private boolean last;

    @Override
    public Integer call() {
        if (!(Math.abs(value) <= Trajectory.GREATEST_REWARD)) {
            throw new IllegalArgumentException("--value: expected a finite number of magnitude at most "
                    + Trajectory.GREATEST_REWARD + ", found " + value);
        }
        requireMetric();
        String id = rewardId.orElseGet(() -> UUID.randomUUID().toString());
        new FeedbackSender(kafka.access())
                .send(Reward.newBuilder()
                        .setRewardId(id)
                        .setPolicy(policy)
                        .setTrajectoryId(trajectory)
                        .setStep(step.orElse(null))
                        .setName(name)
                        .setValue(value)
                        .setObservedAt(Instant.now())
                        .setLast(last)
                        .setSource("millrace feedback")
                        .build());
        printing.print(Map.of("rewardId", id), "Kafka has reward " + id);
        return 0;
    }

    /** The learner would put a reward of another metric among the dead letters; whoever types it should know at once. */
    private void requireMetric() {
        Set<String> metrics = new TreeSet<>(PolicyDefinition.parse(new PolicyAdmin(kafka.access(), Clock.systemUTC())
                        .show(policy)
                        .getSpecification())
                .join()
                .metrics()
                .keySet());
        if (!metrics.contains(name)) {
            throw new IllegalArgumentException("--name: expected one of the metrics " + metrics + " of policy '"
                    + policy + "', found '" + name + "'; name one of them, or add it to the policy's join.metrics");
        }
    }
}
