package io.millrace.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.simulator.bandit.BanditWorld;
import io.millrace.simulator.listening.Listeners;
import io.millrace.simulator.pace.Pacer;
import io.millrace.simulator.world.Encounter;
import io.millrace.simulator.world.Example;
import io.millrace.simulator.world.Preview;
import io.millrace.simulator.world.World;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final SimulationSettings SETTINGS =
            new SimulationSettings(7, 2, 0.1, 1_000, 64, new Listeners(Duration.ofMillis(20), 0.05, 0.05, 0.05));

    private final FakeService service = new FakeService("arm-3");
    private final FakeService http = new FakeService("arm-4");

    @Test
    void settlesWithEveryRewardTakenAndExpectedOnce() throws InterruptedException {
        Simulation simulation = Simulation.of(new BanditWorld(7, 1_000_000), service, SETTINGS)
                .http(http)
                .ledger(String::hashCode)
                .pace(Pacer.fixed(5_000), () -> Double.NaN)
                .start();
        await().until(() -> simulation.statistics().rewarded() > 500);
        service.failNext(20);
        await().until(() -> simulation.statistics().rewarded() > 1_000);
        await().until(() -> !http.told().isEmpty());

        assertThat(simulation.stop(PATIENCE)).isTrue();
        Statistics end = simulation.statistics();
        assertThat(end.requested()).isEqualTo(end.generated() + end.failed());
        assertThat(end.generated()).isEqualTo(end.rewarded() + end.never());
        assertThat(end.failed() + end.retries()).isEqualTo(20);
        assertThat(end.outstanding()).isZero();
        assertThat(service.told().size() + http.told().size()).isEqualTo((int) (end.rewarded() + end.duplicates()));
        assertThat(simulation.expected()).hasSize((int) end.rewarded());
        assertThat(Arrays.stream(simulation.expected()).distinct().boxed())
                .containsExactlyInAnyOrderElementsOf(Stream.of(service, http)
                        .flatMap(users -> users.told().stream())
                        .map(told -> (long) told.answer().trajectoryId().hashCode())
                        .collect(Collectors.toSet()));
        assertThat(end.rewardMeanFirst()).isBetween(0.0, 1.0);
        assertThat(simulation.rewards().count()).isEqualTo(end.generated());
    }

    @Test
    void saysSoWhenPatienceEndsBeforeTheLastAnswer() throws InterruptedException {
        SimulationSettings slow = new SimulationSettings(7, 1, 0, 1, 64, new Listeners(Duration.ofHours(1), 0, 0, 0));
        Simulation simulation =
                Simulation.of(new BanditWorld(7, 10), service, slow).start();
        await().until(() -> simulation.statistics().generated() > 10);

        assertThat(simulation.stop(Duration.ofMillis(10))).isFalse();
        assertThat(simulation.expected()).isEmpty();
    }

    @Test
    void tellsOfAWorldThatBreaks() throws InterruptedException {
        Simulation simulation =
                Simulation.of(new BrokenWorld(), service, SETTINGS).start();

        await().untilAsserted(
                        () -> assertThat(simulation.statistics().requested()).isZero());
        assertThatThrownBy(() -> simulation.stop(PATIENCE))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("broken");
    }

    @Test
    void knowsItsWorldsByName() {
        assertThat(Worlds.names())
                .allSatisfy(name -> assertThat(Worlds.named(name, 7).name()).isEqualTo(name));
        assertThatThrownBy(() -> Worlds.named("moon", 7))
                .hasMessage("world: expected one of [pronounce, bandit], found 'moon'");
    }

    @Test
    void refusesSettingsThatAreNone() {
        Listeners listeners = Listeners.DEFAULT;
        assertThatThrownBy(() -> new SimulationSettings(1, 0, 0, 1, 1, listeners))
                .hasMessageContaining("generators");
        assertThatThrownBy(() -> new SimulationSettings(1, 1, 1, 1, 1, listeners))
                .hasMessageContaining("http-share");
        assertThatThrownBy(() -> new SimulationSettings(1, 1, 0, 0, 1, listeners))
                .hasMessageContaining("per-second");
        assertThatThrownBy(() -> new SimulationSettings(1, 1, 0, 1, 0, listeners))
                .hasMessageContaining("outstanding");
    }

    private static final class BrokenWorld implements World {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public Encounter next(RandomGenerator random) {
            throw new IllegalStateException("broken");
        }

        @Override
        public double error(Preview preview, int atMost) {
            return 0;
        }

        @Override
        public List<Example> examples(Preview preview, int atMost) {
            return List.of();
        }
    }
}
