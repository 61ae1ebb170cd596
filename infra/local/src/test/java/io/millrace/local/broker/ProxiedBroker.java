package io.millrace.local.broker;

import java.nio.file.Path;
import java.util.Properties;

/** A broker inside this JVM behind a proxy. It cannot stand still by itself: its connection does. */
public final class ProxiedBroker implements DisturbedBroker {

    private final LoopbackProxy connection;
    private final BareBroker broker;

    private ProxiedBroker(LoopbackProxy connection, BareBroker broker) {
        this.connection = connection;
        this.broker = broker;
    }

    /** Starts one that keeps its data in an empty directory. */
    public static ProxiedBroker start(Path directory) throws Exception {
        LoopbackProxy connection = LoopbackProxy.open();
        try {
            Ports ports = Ports.pick(0);
            BareBroker broker = BareBroker.start(directory, advertising(connection, directory, ports));
            connection.connectTo(ports.broker());
            return new ProxiedBroker(connection, broker);
        } catch (Exception e) {
            connection.close();
            throw e;
        }
    }

    /** What the broker says to itself takes a way of its own, which nobody disturbs. */
    private static Properties advertising(LoopbackProxy connection, Path directory, Ports ports) {
        Properties properties = BrokerProperties.of(directory, ports);
        String own = "INTERNAL://" + Ports.pick(0).bootstrapServers();
        properties.merge("listeners", own, ProxiedBroker::both);
        properties.merge("listener.security.protocol.map", "INTERNAL:PLAINTEXT", ProxiedBroker::both);
        properties.setProperty("advertised.listeners", both("PLAINTEXT://" + connection.address(), own));
        properties.setProperty("inter.broker.listener.name", "INTERNAL");
        return properties;
    }

    private static String both(Object one, Object other) {
        return one + "," + other;
    }

    @Override
    public LoopbackProxy connection() {
        return connection;
    }

    @Override
    public void pause() {
        connection.hold();
    }

    @Override
    public void resume() {
        connection.release();
    }

    @Override
    public void close() {
        connection.close();
        broker.close();
    }
}
