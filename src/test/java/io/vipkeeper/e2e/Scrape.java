package io.vipkeeper.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.observe.meters.Metric;

/** A node's page of metrics at one moment. */
final class Scrape {
    private static final Pattern SERIES = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final List<Sample> samples = new ArrayList<>();

    private record Sample(String name, Map<String, String> labels, double value) {}

    private Scrape(String page) {
        page.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher series = SERIES.matcher(line);
            if (!series.matches()) {
                throw new IllegalArgumentException("not in the text format: " + line);
            }
            Map<String, String> labels = new TreeMap<>();
            Matcher label = LABEL.matcher(series.group(2) == null ? "" : series.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            samples.add(new Sample(series.group(1), labels, number(series.group(3))));
        });
    }

    static Scrape of(Cluster cluster, LabNode node) {
        return new Scrape(cluster.api()
                .admin()
                .get("http://" + node.apiAddress() + ":2112/metrics")
                .body());
    }

    /** The sum of the series with these labels among others; NaN if one is no number, and for want of any. */
    double sum(Metric metric, String... labels) {
        return sum(metric, "", labels);
    }

    /** The number of values that a histogram has. */
    double count(Metric metric, String... labels) {
        return sum(metric, "_count", labels);
    }

    /** Whether there is a series of it. */
    boolean names(Metric metric) {
        String name = metric.exposed() + (metric.type() == Metric.Type.HISTOGRAM ? "_count" : "");
        return samples.stream().anyMatch(sample -> sample.name().equals(name));
    }

    private double sum(Metric metric, String part, String... labels) {
        double[] found = samples.stream()
                .filter(sample -> sample.name().equals(metric.exposed() + part))
                .filter(sample -> has(sample, labels))
                .mapToDouble(Sample::value)
                .toArray();
        return found.length == 0 ? Double.NaN : DoubleStream.of(found).sum();
    }

    private static boolean has(Sample sample, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                return false;
            }
        }
        return true;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
