package io.millrace.bench.curves.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReturnCurveTest {

    /** Episode i ends after 10 i frames and returns i, for i = 1 … 150. */
    private final ReturnCurve rising = new ReturnCurve(IntStream.rangeClosed(1, 150)
            .mapToObj(i -> new FinishedEpisode(10L * i, i))
            .toList());

    @Test
    void endsWithTheMeanOfTheLastHundred() {
        assertThat(rising.last()).isEqualTo((51 + 150) / 2.0);
    }

    @Test
    void meansOfFewerEpisodesAreOfThoseThereAre() {
        assertThat(rising.after(40)).isEqualTo(2.5);
        assertThat(rising.after(49)).isEqualTo(2.5);
        assertThat(rising.after(0)).as("before the first has ended").isEqualTo(1);
        assertThat(rising.after(1_500)).isEqualTo(rising.last());
    }

    @Test
    void reachesABarWithAHundredEpisodesOnly() {
        assertThat(rising.framesTo(50.5)).hasValue(1_000);
        assertThat(rising.framesTo(3)).as("fewer would do sooner").hasValue(1_000);
        assertThat(rising.framesTo(51)).hasValue(1_010);
        assertThat(rising.framesTo(101)).isEmpty();
    }

    @Test
    void needsAnEpisode() {
        assertThatThrownBy(() -> new ReturnCurve(List.of())).hasMessageContaining("at least one episode");
    }
}
