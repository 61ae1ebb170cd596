package io.millrace.local.endtoend;

import io.millrace.local.admin.KafkaAccess;
import io.millrace.schemas.ParameterUpdate;
import io.millrace.schemas.UpdateKind;
import io.millrace.schemas.wire.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * A savepoint of an earlier release, kept among the resources of the tests:
 *
 * <pre>
 * state/       the savepoint, in Flink's canonical format
 * ends         a line for each partition that the sources had read: topic, partition, offset
 * expected     a line for each parameter that is not zero after the rest of the script: policy, index, value
 * </pre>
 */
record GoldenSavepoint(Path directory) {

    private static final Path RESOURCES = Path.of("src/test/resources/savepoints");

    /** All of them, by the release that wrote them. */
    static Stream<GoldenSavepoint> all() throws IOException {
        try (Stream<Path> directories = Files.list(RESOURCES)) {
            return directories.sorted().map(GoldenSavepoint::new).toList().stream();
        }
    }

    static GoldenSavepoint of(String release) {
        return new GoldenSavepoint(RESOURCES.resolve(release));
    }

    Path state() {
        return directory.resolve("state").toAbsolutePath();
    }

    /** Gives the partitions of a new Kafka the length that the savepoint's sources go on from; nobody reads what is there. */
    void fill(KafkaAccess kafka) throws Exception {
        Map<String, Topic<?>> topics = Map.of(
                kafka.topics().generations().name(), kafka.topics().generations(),
                kafka.topics().rewards().name(), kafka.topics().rewards(),
                kafka.topics().parameters().name(), kafka.topics().parameters());
        byte[] nobodys = kafka.topics().parameters().codec().encode(nobodys());
        try (var sender = new RawSender(kafka)) {
            for (String line : Files.readAllLines(directory.resolve("ends"))) {
                String[] words = line.split(" ", -1);
                Topic<?> topic = topics.get(words[0]);
                for (int i = 0; topic != null && i < Integer.parseInt(words[2]); i++) {
                    sender.send(topic, Integer.parseInt(words[1]), nobodys);
                }
            }
        }
    }

    private static ParameterUpdate nobodys() {
        return ParameterUpdate.newBuilder()
                .setPolicy("nobodys")
                .setEpoch(1)
                .setVersion(1)
                .setBaseVersion(0)
                .setKind(UpdateKind.DELTA)
                .setChunk(0)
                .setChunks(1)
                .setEncoding("")
                .setChecksum(0)
                .setChain(0)
                .setPayload(ByteBuffer.allocate(0))
                .setCreatedAt(Instant.EPOCH)
                .build();
    }

    /** θ by policy at the end of the script. */
    Map<String, Map<Integer, Float>> expected() throws IOException {
        Map<String, Map<Integer, Float>> parameters = new TreeMap<>();
        for (String line : Files.readAllLines(directory.resolve("expected"))) {
            String[] words = line.split(" ", -1);
            parameters
                    .computeIfAbsent(words[0], policy -> new TreeMap<>())
                    .put(Integer.valueOf(words[1]), Float.valueOf(words[2]));
        }
        return parameters;
    }

    void write(Path savepoint, Map<TopicPartition, Long> ends, Map<String, float[]> expected) throws IOException {
        copy(savepoint, directory.resolve("state"));
        Files.write(
                directory.resolve("ends"),
                ends.entrySet().stream()
                        .map(end -> end.getKey().topic() + " " + end.getKey().partition() + " " + end.getValue())
                        .sorted()
                        .toList());
        List<String> parameters = new ArrayList<>();
        new TreeMap<>(expected).forEach((policy, theta) -> {
            for (int i = 0; i < theta.length; i++) {
                if (theta[i] != 0) {
                    parameters.add(policy + " " + i + " " + theta[i]);
                }
            }
        });
        Files.write(directory.resolve("expected"), parameters);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(file.getFileName()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
