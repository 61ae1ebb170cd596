package io.millrace.bench.curves.pronounce;

import java.util.List;

/**
 * The error on held-out words over the course of a run.
 *
 * @param points at least one, with ascending numbers of trajectories
 * @param seconds from the first user to the last point
 */
record LearningCurve(List<Point> points, double seconds) {

    /** The error of θ after {@code trajectories}. */
    record Point(long trajectories, double error) {}

    LearningCurve {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("learning curve: expected at least one point, found none");
        }
    }

    Point first() {
        return points.get(0);
    }

    /** By what share of itself the error fell from the first point to the last. */
    double fall() {
        return 1 - last().error() / first().error();
    }

    double trajectoriesPerSecond() {
        return last().trajectories() / seconds;
    }

    Point last() {
        return points.get(points.size() - 1);
    }

    double lowestError() {
        return points.stream().mapToDouble(Point::error).min().orElseThrow();
    }

    /**
     * After how many trajectories the curve first was at {@code error}, on straight lines between its points.
     *
     * @throws IllegalArgumentException when it never was
     */
    double trajectoriesUntil(double error) {
        for (int i = 0; i < points.size(); i++) {
            Point here = points.get(i);
            if (here.error() <= error) {
                return i == 0 ? (double) here.trajectories() : between(points.get(i - 1), here, error);
            }
        }
        throw new IllegalArgumentException(
                "learning curve: expected an error that it reached, found " + error + " below " + lowestError());
    }

    private static double between(Point before, Point after, double error) {
        double share = (before.error() - error) / (before.error() - after.error());
        return before.trajectories() + share * (after.trajectories() - before.trajectories());
    }

    double[] trajectories() {
        return points.stream().mapToDouble(Point::trajectories).toArray();
    }

    double[] errors() {
        return points.stream().mapToDouble(Point::error).toArray();
    }
}
