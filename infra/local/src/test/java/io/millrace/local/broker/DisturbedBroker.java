package io.millrace.local.broker;

/**
 * A broker whose every client, the job and the replicas among them, reaches it through a proxy that a test can disturb:
 * the proxy's address is the one that the broker advertises.
 */
public interface DisturbedBroker extends TestBroker {

    /** The connection between the broker and its clients. */
    LoopbackProxy connection();

    /** The broker stands still, and no connection breaks. */
    void pause();

    /** The broker goes on where it stood. */
    void resume();

    @Override
    default String bootstrapServers() {
        return connection().address();
    }
}
