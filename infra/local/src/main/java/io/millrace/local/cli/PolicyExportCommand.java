package io.millrace.local.cli;

import io.millrace.local.admin.ParameterExport;
import io.millrace.policy.spec.PolicyDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes parameters to a file. */
@Command(
        name = "export",
        description = "Write a policy's newest parameters to a safetensors file.",
        mixinStandardHelpOptions = true)
final class PolicyExportCommand extends PolicyCommand.One {

    @Option(names = "-o", paramLabel = "FILE", required = true, description = "The file; replaced if it is there.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
        PolicyDefinition definition =
                PolicyDefinition.parse(admin().show(policy).getSpecification());
        ParameterExport.Exported exported = new ParameterExport(kafka.access()).export(definition, file);
        printing.print(
                exported,
                String.format(
                        Locale.ROOT,
                        "%s: %,d parameters of %d.%d, CRC-32C %s, written to %s",
                        exported.policy(),
                        exported.parameters(),
                        exported.epoch(),
                        exported.version(),
                        exported.checksum(),
                        exported.file()));
        return 0;
    }
}
