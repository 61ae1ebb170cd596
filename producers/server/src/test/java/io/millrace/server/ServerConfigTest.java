package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.token.FeedbackSecret;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerConfigTest {

    private static final FeedbackSecret SECRET = FeedbackSecret.random();

    @Test
    void listensOnThisMachineOnlyByDefault() {
        ServerConfig config = ServerConfig.local(8080, SECRET);

        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.tokenLifetime()).isEqualTo(Duration.ofHours(24));
        assertThat(config.maxBodyBytes()).isEqualTo(1_048_576);
    }

    @Test
    void namesTheKeyOfWhatIsImpossible() {
        refuses("http.host", " ", 1, Duration.ofHours(1), 1);
        refuses("http.port", "h", -1, Duration.ofHours(1), 1);
        refuses("http.port", "h", 65_536, Duration.ofHours(1), 1);
        refuses("feedback-token.lifetime", "h", 1, Duration.ZERO, 1);
        refuses("feedback-token.lifetime", "h", 1, Duration.ofDays(400), 1);
        refuses("http.max-body-bytes", "h", 1, Duration.ofHours(1), 0);
    }

    @Test
    void neverPrintsTheSecret() {
        assertThat(ServerConfig.local(0, SECRET).toString()).contains("FeedbackSecret[32 bytes]");
    }

    private static void refuses(String key, String host, int port, Duration lifetime, int maxBodyBytes) {
        assertThatThrownBy(() -> new ServerConfig(host, port, SECRET, lifetime, maxBodyBytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + ": expected ")
                .hasMessageContaining(", found ");
    }
}
