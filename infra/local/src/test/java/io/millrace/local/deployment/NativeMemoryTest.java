package io.millrace.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.house.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What native code may take is bounded, and within what the process has: otherwise the container is killed for it. */
final class NativeMemoryTest {

    private static final String SCRIPT = "infra/docker/serving/millrace";

    @Test
    void theTaskManagersOfComposeKeepWithinTheirSize() {
        Map<String, String> flink = ShippedFlink.compose();

        keepWithin(flink, size(flink.get(TaskManagerOptions.TOTAL_PROCESS_MEMORY.key())));
    }

    @Test
    void theTaskManagersOnKubernetesKeepWithinTheirPod() {
        keepWithin(Manifests.only("FlinkDeployment"));
    }

    @Test
    void theServingImageKeepsWithinItsContainer(@TempDir Path directory) throws Exception {
        MemorySize limit = size(Manifests.only("Deployment")
                .at("/spec/template/spec/containers/0/resources/limits/memory")
                .asText()
                .replace("Gi", "g"));

        String command = run(directory, Long.toString(limit.getBytes()));

        assertThat(bytes(command, "maxbytes")).isEqualTo(limit.getBytes() / 8);
        assertThat(bytes(command, "maxphysicalbytes")).isEqualTo(limit.getBytes() / 16 * 15);
    }

    @Test
    void theServingImageBoundsNativeMemoryWhereTheContainerHasNoLimit(@TempDir Path directory) throws Exception {
        String command = run(directory, "max");

        assertThat(bytes(command, "maxbytes")).isEqualTo(128L << 20);
        // The whole process is not bounded then.
        assertThat(bytes(command, "maxphysicalbytes")).isZero();
    }

    /** The task managers of a rendered or written deployment. */
    static void keepWithin(JsonNode deployment) {
        keepWithin(
                ShippedFlink.of(deployment),
                size(deployment.at("/spec/taskManager/resource/memory").asText()));
    }

    private static void keepWithin(Map<String, String> flink, MemorySize process) {
        String options = Objects.requireNonNull(flink.get("env.java.opts.taskmanager"));
        MemorySize offHeap = size(flink.get(TaskManagerOptions.TASK_OFF_HEAP_MEMORY.key()));

        assertThat(bytes(options, "maxbytes")).isEqualTo(offHeap.getBytes());
        assertThat(bytes(options, "maxphysicalbytes"))
                .isEqualTo(process.getBytes() / 16 * 15)
                .isGreaterThan(2 * offHeap.getBytes());
    }

    private static long bytes(String options, String property) {
        Matcher found = Pattern.compile("-Dorg\\.bytedeco\\.javacpp\\." + property + "=(\\S+)")
                .matcher(options);
        assertThat(found.find()).as("%s of %s", property, options).isTrue();
        return size(found.group(1)).getBytes();
    }

    private static MemorySize size(@Nullable String text) {
        return MemorySize.parse(Objects.requireNonNull(text));
    }

    /** The options of Java that the script would run with, in a container of this limit. */
    private static String run(Path directory, String limit) throws IOException, InterruptedException {
        Path java = Files.writeString(directory.resolve("java"), "#!/bin/sh\necho \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        var builder =
                new ProcessBuilder(List.of("sh", Checkout.ROOT.resolve(SCRIPT).toString(), "serve"));
        builder.environment().put("PATH", directory + ":" + System.getenv("PATH"));
        builder.environment().put("MILLRACE_HEAP", "-XX:MaxRAMPercentage=60");
        builder.environment().put("MILLRACE_MEMORY_LIMIT", limit);
        Process process = builder.redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
