package io.millrace.local.admin;

import io.millrace.policy.safetensors.ParameterFile;
import io.millrace.policy.spec.PolicyDefinition;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a policy's newest parameters to a safetensors file. */
public final class ParameterExport {

    private final KafkaAccess kafka;

    public ParameterExport(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    /**
     * What was written.
     *
     * @param parameters number of floats
     * @param checksum CRC-32C of θ, 8 hex digits
     */
    public record Exported(String policy, String file, long epoch, long version, long parameters, String checksum) {}

    /**
     * Writes the file whole or not at all; one that is there is replaced.
     *
     * @throws IllegalStateException when the policy has no parameters yet
     */
    public Exported export(PolicyDefinition definition, Path file) throws IOException {
        PolicyParameters found = new PublishedParameters(kafka).newest(definition);
        ParameterFile parameters =
                ParameterFile.of(definition.policy(), definition.kind(), found.epoch(), found.version(), found.theta());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                parameters.write(found.layout(), out);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        return new Exported(
                definition.policy(),
                file.toString(),
                found.epoch(),
                found.version(),
                found.theta().length,
                parameters.checksum());
    }
}
