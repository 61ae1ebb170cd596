package io.millrace.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TakenPortTest {

    @Test
    void isNamedBeforeAnythingIsMade(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("data");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            LocalSystemOptions options =
                    LocalSystemOptions.temporary(List.of()).keptIn(data).withReplicas(1);

            assertThatThrownBy(() -> LocalSystem.start(options.at(port, 0)).close())
                    .hasMessageContaining("--kafka-port: expected 127.0.0.1:" + port + " to be free")
                    .hasMessageContaining("choose another port with --kafka-port");
            assertThatThrownBy(() -> LocalSystem.start(options.at(0, port)).close())
                    .hasMessageContaining("--http-port: expected 127.0.0.1:" + port + " to be free");
        }
        assertThat(data).doesNotExist();
    }
}
