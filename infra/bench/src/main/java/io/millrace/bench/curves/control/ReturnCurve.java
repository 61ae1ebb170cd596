package io.millrace.bench.curves.control;

import java.util.List;
import java.util.OptionalLong;

/** The returns of a run's episodes, in the order in which they ended, as the mean of the last hundred. */
record ReturnCurve(List<FinishedEpisode> episodes) {

    /** Episodes that a mean is taken over. */
    static final int WINDOW = 100;

    ReturnCurve {
        if (episodes.isEmpty()) {
            throw new IllegalArgumentException("curve: expected at least one episode, found none; play longer");
        }
        episodes = List.copyOf(episodes);
    }

    /** Mean return of the last episodes: of as many as there are while they are fewer than a hundred. */
    double last() {
        return meanBefore(episodes.size());
    }

    /** The same after so many frames; of the first episode before it has ended. */
    double after(long frames) {
        int ended = (int) episodes.stream().filter(e -> e.frames() <= frames).count();
        return meanBefore(Math.max(1, ended));
    }

    /** Frames after which the mean of a hundred episodes has come to {@code bar} for the first time. */
    OptionalLong framesTo(double bar) {
        for (int end = WINDOW; end <= episodes.size(); end++) {
            if (meanBefore(end) >= bar) {
                return OptionalLong.of(episodes.get(end - 1).frames());
            }
        }
        return OptionalLong.empty();
    }

    private double meanBefore(int end) {
        return episodes.subList(Math.max(0, end - WINDOW), end).stream()
                .mapToDouble(FinishedEpisode::sum)
                .average()
                .orElseThrow();
    }
}
