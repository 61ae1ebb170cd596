package io.millrace.local.flink;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job that is to run on a Flink cluster.
 *
 * @param name what its main class calls it
 * @param arguments of its main class
 * @param configuration of Flink for this job, over the cluster's own
 * @param from path, as the cluster sees it, of the savepoint or checkpoint that it goes on from; empty: without state
 */
public record JobRequest(
        String name, Path jar, List<String> arguments, Map<String, String> configuration, Optional<String> from) {

    public JobRequest {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException(missing(jar));
        }
        arguments = List.copyOf(arguments);
        configuration = Map.copyOf(configuration);
    }

    static String missing(Path jar) {
        return "--jar: expected a job jar, found no file " + jar + "; build it with 'mvn package'";
    }

    JobRequest goingOnFrom(String savepoint) {
        return new JobRequest(name, jar, arguments, configuration, Optional.of(savepoint));
    }
}
