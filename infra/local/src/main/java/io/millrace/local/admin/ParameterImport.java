package io.millrace.local.admin;

import io.millrace.policy.Policies;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.safetensors.ParameterFile;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.policy.wire.ImportedParameters;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.wire.Topic;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Brings parameters from a safetensors file into a policy: chunks to the snapshots topic, then the command that names them.
 * The learner does the rest, since it alone writes θ: it opens a new epoch with them, which every replica follows.
 */
public final class ParameterImport {

    private final KafkaAccess kafka;
    private final InstantSource clock;

    public ParameterImport(KafkaAccess kafka, InstantSource clock) {
        this.kafka = kafka;
        this.clock = clock;
    }

    /**
     * What was sent.
     *
     * @param revision of the policy's specification that carries the command
     * @param parameters number of floats
     * @param from where the file says that they came from: policy, epoch and version; empty: it says nothing
     */
    public record Imported(String policy, long revision, String file, long parameters, String checksum, String from) {}

    /**
     * Returns when Kafka has the parameters and the command; a policy that is new is created with them.
     *
     * @param definition of the policy, as it is or as it shall be
     * @throws io.millrace.policy.safetensors.TensorFileException when the file does not fit it; nothing was sent then
     */
    public Imported bringIn(PolicyDefinition definition, Path file) throws IOException {
        ParameterLayout layout = Policies.create(definition).layout();
        ParameterFile parameters = read(definition, layout, file);
        long id = clock.millis();
        send(definition.policy(), id, layout, parameters);
        AppliedPolicy applied = new PolicyAdmin(kafka, clock).bringIn(definition, id);
        return new Imported(
                definition.policy(),
                applied.revision(),
                file.toString(),
                parameters.theta().length,
                parameters.checksum(),
                parameters.origin());
    }

    private static ParameterFile read(PolicyDefinition definition, ParameterLayout layout, Path file)
            throws IOException {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("-f: expected a readable file, found none (" + file + ")");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ParameterFile parameters = ParameterFile.read(layout, in);
            String kind = parameters.metadata().getOrDefault("kind", definition.kind());
            if (!kind.equals(definition.kind())) {
                throw new IllegalArgumentException("-f: expected parameters of kind '" + definition.kind()
                        + "', found those of '" + kind + "' (" + file + ")");
            }
            return parameters;
        }
    }

    private void send(String policy, long id, ParameterLayout layout, ParameterFile parameters) {
        Topic<ParameterSnapshot> topic = kafka.topics().snapshots();
        try (RecordSending sending = RecordSending.open(kafka)) {
            for (ParameterSnapshot chunk :
                    ImportedParameters.records(policy, id, layout, parameters.theta(), clock.instant())) {
                String key = policy + "/" + chunk.getSlot() + "/" + chunk.getChunk();
                sending.send(
                        topic.name(),
                        key.getBytes(StandardCharsets.UTF_8),
                        topic.codec().encode(chunk));
            }
            sending.finish();
        }
    }
}
