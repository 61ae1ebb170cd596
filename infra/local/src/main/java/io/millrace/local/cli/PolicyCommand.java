package io.millrace.local.cli;

import io.millrace.local.admin.AppliedPolicy;
import io.millrace.local.admin.PolicyAdmin;
import io.millrace.local.admin.PolicyFile;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.schemas.PolicySpec;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Policies. */
@Command(
        name = "policy",
        description = "Policies: what is learned, and how.",
        subcommands = {
            PolicyCommand.Apply.class,
            PolicyCommand.ListAll.class,
            PolicyCommand.Show.class,
            PolicyCommand.Pause.class,
            PolicyCommand.Resume.class,
            PolicyRollbackCommand.class,
            PolicyExportCommand.class,
            PolicyImportCommand.class
        },
        mixinStandardHelpOptions = true)
final class PolicyCommand {

    /** What all of them need. */
    abstract static class Administration implements Callable<Integer> {

        @Mixin
        final Printing printing = new Printing();

        @Mixin
        final KafkaOptions kafka = new KafkaOptions();

        PolicyAdmin admin() {
            return new PolicyAdmin(kafka.access(), Clock.systemUTC());
        }

        void print(AppliedPolicy applied) {
            printing.print(
                    applied,
                    String.format(
                            Locale.ROOT,
                            "%s: revision %d%s%s",
                            applied.policy(),
                            applied.revision(),
                            applied.paused() ? ", paused" : "",
                            applied.changed() ? "" : ", already so"));
        }
    }

    @Command(
            name = "apply",
            description = "Create a policy from its file, or change it.",
            mixinStandardHelpOptions = true)
    static final class Apply extends Administration {

        @Option(names = "-f", paramLabel = "FILE", required = true, description = "YAML or JSON.")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            PolicyDefinition definition = PolicyFile.read(file);
            print(admin().apply(definition));
            return 0;
        }
    }

    @Command(name = "list", description = "All policies.", mixinStandardHelpOptions = true)
    static final class ListAll extends Administration {

        @Override
        public Integer call() {
            List<AppliedPolicy> policies = admin().list().stream()
                    .map(spec -> new AppliedPolicy(spec.getPolicy(), spec.getRevision(), spec.getPaused(), false))
                    .toList();
            printing.print(
                    Map.of("policies", policies),
                    policies.stream()
                            .map(policy -> String.format(
                                    Locale.ROOT,
                                    "%-30s revision %d%s",
                                    policy.policy(),
                                    policy.revision(),
                                    policy.paused() ? ", paused" : ""))
                            .collect(Collectors.joining("\n")));
            return 0;
        }
    }

    /** About one policy. */
    abstract static class One extends Administration {

        @Parameters(paramLabel = "POLICY", description = "Its name.")
        String policy = "";
    }

    @Command(name = "show", description = "One policy, every key written out.", mixinStandardHelpOptions = true)
    static final class Show extends One {

        private record Shown(
                String policy, long revision, boolean paused, String appliedAt, Map<String, Object> specification) {}

        @Override
        public Integer call() {
            PolicySpec spec = admin().show(policy);
            Shown shown = new Shown(
                    spec.getPolicy(),
                    spec.getRevision(),
                    spec.getPaused(),
                    spec.getAppliedAt().toString(),
                    JsonText.object(spec.getSpecification()));
            printing.print(shown, JsonText.of(shown));
            return 0;
        }
    }

    @Command(name = "pause", description = "Hold a policy's updates back.", mixinStandardHelpOptions = true)
    static final class Pause extends One {
        @Override
        public Integer call() {
            print(admin().pause(policy));
            return 0;
        }
    }

    @Command(name = "resume", description = "Let a policy learn again.", mixinStandardHelpOptions = true)
    static final class Resume extends One {
        @Override
        public Integer call() {
            print(admin().resume(policy));
            return 0;
        }
    }
}
