package io.millrace.local.processes;

import java.time.Duration;
import java.util.Map;

/**
 * What a cluster of processes is made of.
 *
 * @param taskManagers Flink's workers, two slots each
 * @param matrices whether ND4J's jars are in the cluster's lib/
 * @param replicas serving processes
 * @param replicaClient further configuration of the replicas' Kafka clients
 * @param checkpointEvery time between checkpoints
 */
public record ClusterShape(
        int taskManagers,
        Matrices matrices,
        int replicas,
        Map<String, String> replicaClient,
        Duration checkpointEvery) {

    /** Whether policies that are neural networks can be learned. */
    public enum Matrices {
        WITH_ND4J,
        WITHOUT_ND4J
    }

    static final int SLOTS_OF_A_TASK_MANAGER = 2;

    public ClusterShape {
        if (taskManagers < 1 || replicas < 0) {
            throw new IllegalArgumentException("cluster: expected at least one TaskManager and no negative number of"
                    + " replicas, found " + taskManagers + " and " + replicas);
        }
        replicaClient = Map.copyOf(replicaClient);
    }

    /** Two TaskManagers and two replicas, a checkpoint a second, no ND4J. */
    public static ClusterShape small() {
        return new ClusterShape(2, Matrices.WITHOUT_ND4J, 2, Map.of(), Duration.ofSeconds(1));
    }

    /** The same with ND4J. */
    public ClusterShape withMatrices() {
        return new ClusterShape(taskManagers, Matrices.WITH_ND4J, replicas, replicaClient, checkpointEvery);
    }

    /** The same with so many replicas, whose Kafka clients are configured so. */
    public ClusterShape withReplicas(int number, Map<String, String> client) {
        return new ClusterShape(taskManagers, matrices, number, client, checkpointEvery);
    }
}
