package io.millrace.learner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The job jar as it was packaged. */
class JobJarIT {

    @Test
    void startsAtTheMainClass() throws IOException {
        try (JarFile jar = jobJar()) {
            assertThat(jar.getManifest().getMainAttributes())
                    .containsEntry(Attributes.Name.MAIN_CLASS, LearnerMain.class.getName());
        }
    }

    @Test
    void bringsWhatAClusterDoesNotHave() throws IOException {
        assertThat(entries())
                .contains(
                        "io/millrace/learner/LearnerMain.class",
                        "io/millrace/policy/Policy.class",
                        "io/millrace/neural/mlp/MlpPolicyFactory.class",
                        "io/millrace/neural/seq2seq/Seq2SeqPolicyFactory.class",
                        "io/millrace/schemas/Generation.class",
                        "META-INF/services/io.millrace.policy.PolicyFactory",
                        "org/apache/flink/connector/kafka/source/KafkaSource.class",
                        "org/apache/flink/formats/avro/typeutils/AvroTypeInfo.class",
                        "org/apache/kafka/clients/producer/KafkaProducer.class",
                        "org/apache/avro/Schema.class",
                        "com/fasterxml/jackson/databind/ObjectMapper.class",
                        "org/HdrHistogram/Histogram.class");
    }

    @Test
    void leavesOutWhatAClusterBrings() throws IOException {
        assertThat(entries())
                .doesNotContain(
                        "org/apache/flink/streaming/api/environment/StreamExecutionEnvironment.class",
                        "org/apache/flink/configuration/Configuration.class",
                        "org/apache/flink/connector/base/source/reader/SourceReaderBase.class",
                        "org/slf4j/Logger.class");
    }

    /** A native library loads in one class loader only, and each submission of the jar makes another. */
    @Test
    void bringsNoNativeLibraryOfMatrices() throws IOException {
        assertThat(entries()).noneMatch(name -> name.startsWith("org/nd4j/") || name.startsWith("org/bytedeco/"));
    }

    @Test
    void findsEveryKindOfPolicy() throws IOException {
        try (JarFile jar = jobJar();
                var kinds = jar.getInputStream(jar.getJarEntry("META-INF/services/io.millrace.policy.PolicyFactory"))) {
            assertThat(new String(kinds.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .hasSize(4)
                    .anyMatch(name -> name.endsWith(".ChoicePolicyFactory"))
                    .anyMatch(name -> name.endsWith(".MlpPolicyFactory"));
        }
    }

    private static Set<String> entries() throws IOException {
        try (JarFile jar = jobJar()) {
            return jar.stream().map(entry -> entry.getName()).collect(Collectors.toSet());
        }
    }

    private static JarFile jobJar() throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of("target"), "*-job.jar")) {
            return new JarFile(jars.iterator().next().toFile());
        }
    }
}
