package io.millrace.local.broker;

import java.nio.file.Path;

/** The Kafka that a test runs on. */
public interface TestBroker extends AutoCloseable {

    /** Address for Kafka clients. */
    String bootstrapServers();

    @Override
    void close();

    /** One inside this JVM, which keeps its data in {@code directory}. */
    static TestBroker embedded(Path directory) {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.keptIn(directory.resolve("kafka")));
        return new TestBroker() {
            @Override
            public String bootstrapServers() {
                return broker.bootstrapServers();
            }

            @Override
            public void close() {
                broker.close();
            }
        };
    }
}
