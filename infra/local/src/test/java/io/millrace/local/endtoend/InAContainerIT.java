package io.millrace.local.endtoend;

import io.millrace.local.broker.ContainerBroker;
import io.millrace.local.house.NeedsDocker;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same tests on Apache Kafka as it is deployed: a process of its own, in a container. */
@Tag("container")
@ExtendWith(NeedsDocker.class)
final class InAContainerIT {

    @Nested
    final class HotReload extends HotReloadIT {
        @Override
        ContainerBroker startBroker(Path directory) throws Exception {
            return ContainerBroker.start();
        }
    }

    @Nested
    final class KillAndRestore extends KillAndRestoreIT {
        @Override
        ContainerBroker startBroker(Path directory) throws Exception {
            return ContainerBroker.start();
        }
    }

    @Nested
    final class BadInput extends BadInputIT {
        @Override
        ContainerBroker startBroker(Path directory) throws Exception {
            return ContainerBroker.start();
        }
    }

    @Nested
    final class Replay extends ReplayIT {
        @Override
        ContainerBroker startBroker(Path directory) throws Exception {
            return ContainerBroker.start();
        }
    }

    @Nested
    final class BrokerFault extends BrokerFaultIT {
        @Override
        ContainerBroker startDisturbedBroker(Path directory) throws Exception {
            return ContainerBroker.start();
        }
    }
}
