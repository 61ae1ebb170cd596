package io.millrace.local.cli;

import io.millrace.local.admin.AppliedPolicy;
import io.millrace.local.admin.KeptVersion;
import io.millrace.local.admin.KeptVersions;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Goes back to an earlier version. */
@Command(
        name = "rollback",
        description = "Go back to an earlier version of a policy's parameters, one that Kafka still holds whole.",
        mixinStandardHelpOptions = true)
final class PolicyRollbackCommand extends PolicyCommand.One {

    @Option(
            names = "--to-version",
            paramLabel = "V",
            required = true,
            description = "The version. One that is not held is refused with a list of those that are.")
    private long version;

    @Option(
            names = "--epoch",
            paramLabel = "E",
            description = "Its epoch, where the version has other parameters in another.")
    private Optional<Long> epoch = Optional.empty();

    private record RolledBack(String policy, long revision, long toEpoch, long toVersion, long trajectoriesTotal) {}

    @Override
    public Integer call() {
        admin().show(policy);
        KeptVersion to = new KeptVersions(kafka.access())
                .choose(policy, version, epoch.map(OptionalLong::of).orElse(OptionalLong.empty()));
        AppliedPolicy applied = admin().rollBack(policy, to);
        printing.print(
                new RolledBack(policy, applied.revision(), to.epoch(), to.version(), to.trajectoriesTotal()),
                String.format(
                        Locale.ROOT,
                        "%s: revision %d tells the learner to go back to %s (%,d trajectories)",
                        policy,
                        applied.revision(),
                        to.id(),
                        to.trajectoriesTotal()));
        return 0;
    }
}
