package io.millrace.bench;

import io.millrace.policy.parameters.ParameterReader;
import io.millrace.policy.parameters.ParameterReplica;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a generation pays for a view of θ that does not change: alone, and while a writer applies one delta after another. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReplicaReadBenchmark {

    /** A replica of one writer and one reading thread. */
    @State(Scope.Group)
    public static class Replica {
        private final Updates updates = new Updates();
        private final ParameterReplica replica = ParameterReplica.concurrent(Updates.POLICY, Vectors.LAYOUT);
        private final ParameterReader reader = replica.reader();

        @Setup
        public void open() {
            Updates.apply(updates.nextSnapshot(), replica);
        }
    }

    @Benchmark
    @Group("alone")
    public long readUndisturbed(Replica replica) {
        return read(replica);
    }

    @Benchmark
    @Group("whileWritten")
    public long read(Replica replica) {
        try {
            return replica.reader.open().version();
        } finally {
            replica.reader.close();
        }
    }

    /** The disturbance, not a figure of its own: it makes its updates too. */
    @Benchmark
    @Group("whileWritten")
    public void write(Replica replica) {
        Updates.apply(replica.updates.nextDelta(), replica.replica);
    }
}
