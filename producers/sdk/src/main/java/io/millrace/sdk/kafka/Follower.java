package io.millrace.sdk.kafka;

import org.apache.kafka.clients.consumer.Consumer;

/** What a consumer thread does. All methods run on that thread; any may throw, and then everything starts anew. */
public interface Follower {

    /** Begins on a new consumer: assigns partitions, seeks. */
    void begin(Consumer<byte[], byte[]> consumer);

    /** Polls once and handles what came; returns after about 100 ms when nothing does. */
    void round(Consumer<byte[], byte[]> consumer);
}
