package io.vipkeeper.demo.footprint;

import java.util.ArrayList;
import java.util.List;

/**
 * The slope of a straight line through many values, by least squares, and how sure it is. Memory grows in steps, so
 * neighbours are no independent values: the line goes through the means of {@value #BLOCKS} blocks of them.
 *
 * @param perHour in the values' unit
 * @param halfWidth of the interval that holds the true slope with 95 %, in the same unit
 */
record Trend(double perHour, double halfWidth) {
    static final int BLOCKS = 12;

    /** Student's t for 95 % on both sides and {@link #BLOCKS} - 2 degrees of freedom. */
    private static final double STUDENT = 2.228;

    private static final double NANOS_PER_HOUR = 3.6e12;

    /** One value and when it was measured, in nanoseconds. */
    record Point(double nanos, double value) {}

    /** @throws IllegalArgumentException if there are fewer values than blocks */
    static Trend of(List<Point> points) {
        List<Point> means = blocks(points);
        double meanTime = means.stream().mapToDouble(Point::nanos).average().orElseThrow();
        double meanValue = means.stream().mapToDouble(Point::value).average().orElseThrow();
        double spread = 0;
        double together = 0;
        for (Point mean : means) {
            spread += Math.pow(mean.nanos - meanTime, 2);
            together += (mean.nanos - meanTime) * (mean.value - meanValue);
        }
        double slope = together / spread;
        double rest = 0;
        for (Point mean : means) {
            rest += Math.pow(mean.value - meanValue - slope * (mean.nanos - meanTime), 2);
        }
        double error = Math.sqrt(rest / (BLOCKS - 2) / spread);
        return new Trend(slope * NANOS_PER_HOUR, STUDENT * error * NANOS_PER_HOUR);
    }

    private static List<Point> blocks(List<Point> points) {
        if (points.size() < BLOCKS) {
            throw new IllegalArgumentException(points.size() + " values are too few for a trend");
        }
        List<Point> means = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            List<Point> part = points.subList(block * points.size() / BLOCKS, (block + 1) * points.size() / BLOCKS);
            means.add(new Point(
                    part.stream().mapToDouble(Point::nanos).average().orElseThrow(),
                    part.stream().mapToDouble(Point::value).average().orElseThrow()));
        }
        return means;
    }
}
