package io.millrace.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.admin.KeptVersion;
import io.millrace.local.admin.KeptVersions;
import io.millrace.local.admin.ParameterExport;
import io.millrace.local.admin.ParameterImport;
import io.millrace.local.audit.LineageTree;
import io.millrace.policy.Policies;
import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.safetensors.ParameterFile;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.schemas.UpdateKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters go out to a file, come in from one, and go back to an earlier version, while everything runs. */
final class ParameterFilesIT {

    private static final PolicyDefinition POLICY = Bandit.named("bandit");
    private static final String NAME = POLICY.policy();
    private static final PolicyDefinition COPY = Bandit.named("copy");
    private static final ParameterLayout LAYOUT = Policies.create(POLICY).layout();

    @Test
    void replicasFollowParametersOutInAndBack(@TempDir Path directory) throws Exception {
        try (SmallSystem system = SmallSystem.start(directory.resolve("system"), POLICY)) {
            Users.few(system.millrace(), NAME, 200);
            system.awaitLearned(NAME, 200);
            Path file = directory.resolve("bandit.safetensors");

            float[] learned = exported(system, file);
            LineageTree.Head good = system.published().head(NAME);
            KeptVersion kept = awaitKept(system, good);
            startsANewPolicyFrom(file, learned, system);
            bringsOtherParametersIn(directory.resolve("other.safetensors"), learned, system);

            Users.few(system.millrace(), NAME, 50);
            system.awaitLearned(NAME, 50);
            goesBack(kept, learned, system);
        }
    }

    /** Answers with the parameters, which are those that were published. */
    private static float[] exported(SmallSystem system, Path file) throws Exception {
        ParameterExport.Exported exported = new ParameterExport(system.kafka()).export(POLICY, file);
        LineageTree.Head head = system.published().head(NAME);
        assertThat(exported.epoch()).isEqualTo(head.epoch());
        assertThat(exported.version()).isEqualTo(head.version());
        float[] learned = system.published().theta(POLICY);
        assertThat(learned).isNotEqualTo(new float[learned.length]);
        try (InputStream in = Files.newInputStream(file)) {
            assertThat(ParameterFile.read(LAYOUT, in).theta()).isEqualTo(learned);
        }
        assertThat(directoryOf(file)).as("no parts left").noneMatch(name -> name.endsWith(".part"));
        return learned;
    }

    private static KeptVersion awaitKept(SmallSystem system, LineageTree.Head version) {
        var versions = new KeptVersions(system.kafka());
        await("snapshot of the version")
                .atMost(SmallSystem.PATIENCE)
                .untilAsserted(() -> assertThat(versions.of(NAME))
                        .anySatisfy(
                                kept -> assertThat(kept.id()).isEqualTo(version.epoch() + "." + version.version())));
        return versions.choose(NAME, version.version(), OptionalLong.of(version.epoch()));
    }

    private static void startsANewPolicyFrom(Path file, float[] learned, SmallSystem system) throws Exception {
        new ParameterImport(system.kafka(), Clock.systemUTC()).bringIn(COPY, file);

        await("the copy published")
                .atMost(SmallSystem.PATIENCE)
                .untilAsserted(
                        () -> assertThat(system.published().of(COPY.policy())).isNotEmpty());
        assertThat(system.published().of(COPY.policy()))
                .as("never anything but the import")
                .allSatisfy(update -> assertThat(update.getKind()).isEqualTo(UpdateKind.SNAPSHOT));
        assertThat(system.published().theta(COPY)).isEqualTo(learned);
        system.awaitAgreement(COPY.policy());
    }

    private static void bringsOtherParametersIn(Path file, float[] learned, SmallSystem system) throws Exception {
        float[] other = learned.clone();
        for (int i = 0; i < other.length; i++) {
            other[i] = -2 * other[i];
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            new ParameterFile(new TreeMap<>(), other).write(LAYOUT, out);
        }
        long epoch = system.published().head(NAME).epoch();

        new ParameterImport(system.kafka(), Clock.systemUTC()).bringIn(POLICY, file);

        awaitEpochAfter(epoch, system);
        assertThat(system.published().theta(POLICY)).isEqualTo(other);
        system.awaitAgreement(NAME);
    }

    private static void goesBack(KeptVersion to, float[] learned, SmallSystem system) {
        long epoch = system.published().head(NAME).epoch();

        system.policies().rollBack(NAME, to);

        awaitEpochAfter(epoch, system);
        assertThat(system.published().theta(POLICY)).isEqualTo(learned);
        assertThat(system.published().learned(NAME)).isEqualTo(to.trajectoriesTotal());
        system.awaitAgreement(NAME);
    }

    private static void awaitEpochAfter(long epoch, SmallSystem system) {
        await("a new epoch")
                .atMost(SmallSystem.PATIENCE)
                .until(() -> system.published().head(NAME).epoch() > epoch);
    }

    private static List<String> directoryOf(Path file) throws IOException {
        try (Stream<Path> files = Files.list(file.resolveSibling("."))) {
            return files.map(Path::toString).toList();
        }
    }
}
