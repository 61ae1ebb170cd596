package io.millrace.local.learning;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.blob.BlobServer;
import org.apache.flink.runtime.blob.VoidBlobStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterConfigurationTest {

    @Test
    void opensThePortForJobFilesToThisMachineOnly(@TempDir Path directory) throws IOException {
        Configuration configuration =
                ClusterConfiguration.of(ClusterOptions.in(directory, ClusterOptions.Retention.DELETE));

        try (var files = new BlobServer(configuration, directory.toFile(), new VoidBlobStore())) {
            new Socket(loopback(1), files.getPort()).close();
            // A port of all interfaces answers at every address of the loopback network, too.
            assertThatThrownBy(() -> new Socket(loopback(2), files.getPort()).close())
                    .isInstanceOf(ConnectException.class);
        }
    }

    private static InetAddress loopback(int host) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host});
    }
}
