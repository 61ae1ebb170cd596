package io.millrace.local.endtoend;

import io.millrace.local.broker.DisturbedBroker;
import io.millrace.local.broker.ProxiedBroker;
import io.millrace.local.broker.TestBroker;
import java.nio.file.Path;

/** Tests that run on any broker: on one inside this JVM, and in {@link InAContainerIT} on Apache's in a container. */
abstract class OnAnyBroker {

    /** Starts a broker, which keeps its data in {@code directory} if it keeps any. */
    TestBroker startBroker(Path directory) throws Exception {
        return TestBroker.embedded(directory);
    }

    /** Starts a broker that can be disturbed. */
    DisturbedBroker startDisturbedBroker(Path directory) throws Exception {
        return ProxiedBroker.start(directory.resolve("kafka"));
    }
}
