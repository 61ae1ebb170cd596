package io.millrace.local.broker;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A broker in a process of its own: its data directory and its port as arguments. Runs until the process is ended. */
public final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(
                new BrokerOptions(Optional.of(Path.of(arguments[0])), Integer.parseInt(arguments[1])));
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            broker.close();
                            ended.countDown();
                        },
                        "stop"));
        ended.await();
    }
}
