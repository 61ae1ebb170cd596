package io.millrace.local.cli;

import io.millrace.local.admin.ParameterImport;
import io.millrace.local.admin.PolicyFile;
import io.millrace.policy.spec.PolicyDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings parameters in from a file. */
@Command(
        name = "import",
        description = "Let a policy go on from the parameters in a safetensors file.",
        mixinStandardHelpOptions = true)
final class PolicyImportCommand extends PolicyCommand.One {

    @Option(names = "-f", paramLabel = "FILE", required = true, description = "The safetensors file.")
    private Path file = Path.of("");

    @Option(
            names = "--policy-file",
            paramLabel = "FILE",
            description = "The policy's own file, YAML or JSON: to create the policy with these parameters.")
    private Optional<Path> policyFile = Optional.empty();

    @Override
    public Integer call() throws IOException {
        PolicyDefinition definition = definition();
        ParameterImport.Imported imported =
                new ParameterImport(kafka.access(), Clock.systemUTC()).bringIn(definition, file);
        printing.print(
                imported,
                String.format(
                        Locale.ROOT,
                        "%s: revision %d tells the learner to go on from %,d parameters, CRC-32C %s%s",
                        imported.policy(),
                        imported.revision(),
                        imported.parameters(),
                        imported.checksum(),
                        imported.from().isEmpty() ? "" : ", once " + imported.from()));
        return 0;
    }

    private PolicyDefinition definition() {
        if (policyFile.isEmpty()) {
            return PolicyDefinition.parse(admin().show(policy).getSpecification());
        }
        PolicyDefinition definition = PolicyFile.read(policyFile.get());
        if (!definition.policy().equals(policy)) {
            throw new IllegalArgumentException("--policy-file: expected the file of policy '" + policy
                    + "', found that of '" + definition.policy() + "'");
        }
        return definition;
    }
}
