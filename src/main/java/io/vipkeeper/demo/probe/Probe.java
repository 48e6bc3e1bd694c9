package io.vipkeeper.demo.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.vipkeeper.demo.lab.JavaCommand;
import io.vipkeeper.demo.lab.Lab;
import io.vipkeeper.demo.lab.LabException;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;

/** A running prober on a lab's client and what it has seen. Ends with the lab. */
public final class Probe {
    // The instrument shall not wait for what it measures: before all others, else as nice as allowed, else as any.
    private static final List<String> FIRST = List.of(
            "sh", "-c", "chrt -f 1 true 2>/dev/null && exec chrt -f 1 \"$@\"; exec nice -n -15 \"$@\"", "prober");

    private final Lab lab;
    private final Timeline timeline = new Timeline();
    private final Timeline timeline6 = new Timeline();
    private final CountDownLatch asking = new CountDownLatch(1);

    private Probe(Lab lab) {
        this.lab = lab;
    }

    /** Starts asking; returns when the first question is out. */
    public static Probe start(Lab lab, Duration interval) {
        List<String> arguments = new ArrayList<>(List.of("eth0", Long.toString(interval.toMillis()), LabPlan.VIP));
        if (lab.plan().ipv6()) {
            arguments.add(LabPlan.VIP6);
        }
        List<String> command = new ArrayList<>(FIRST);
        command.addAll(JavaCommand.main(ProberMain.class.getName(), arguments));
        Process process = lab.startOnClient("prober", command);
        Probe probe = new Probe(lab);
        Thread.ofPlatform().daemon().name("lab-probe").start(() -> probe.collect(process));
        probe.awaitFirst();
        return probe;
    }

    private void awaitFirst() {
        try {
            if (!asking.await(20, TimeUnit.SECONDS)) {
                throw new LabException("the prober did not start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while the prober started", e);
        }
    }

    private void collect(Process process) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                note(line.split(" "));
            }
        } catch (IOException e) {
            // The prober ended with the lab; whoever still asks sees that nothing answers any more.
        }
    }

    private void note(String[] line) {
        long time = Long.parseLong(line[1]);
        switch (line[0]) {
            case "s" -> {
                timeline.asked(time);
                timeline6.asked(time);
                asking.countDown();
            }
            case "a" -> timeline.answered(time, line[2]);
            case "A" -> timeline6.answered(time, line[2]);
            case "g" -> timeline.announced(time, line[2]);
            case "G" -> timeline6.announced(time, line[2]);
            case "e" -> timeline.echoed(time);
            case "E" -> timeline6.echoed(time);
            default -> throw new LabException("the prober wrote an unknown line " + line[0]);
        }
    }

    /** Of the IPv4 address. */
    public Timeline timeline() {
        return timeline;
    }

    /** Of the IPv6 address; empty unless the lab is dual-stack. */
    public Timeline timeline6() {
        return timeline6;
    }

    /** Whose answers the client gets now. */
    public Optional<LabNode> holder() {
        return timeline.holder(System.nanoTime()).flatMap(lab::nodeWithMac);
    }

    /** Waits until some node answers. */
    public Optional<LabNode> awaitHolder(Duration limit) {
        return awaitHolderOtherThan(null, limit);
    }

    /** Waits until another node than this one answers. */
    public Optional<LabNode> awaitHolderOtherThan(LabNode node, Duration limit) {
        await(() -> holder().filter(found -> found != node).isPresent(), limit);
        return holder().filter(found -> found != node);
    }

    /** Waits until no node answers; false if one still does when the time is up. */
    public boolean awaitNobody(Duration limit) {
        return await(() -> holder().isEmpty(), limit);
    }

    /**
     * Waits until everything that the client saw up to now has arrived here: what is still on its way would look like
     * a gap.
     *
     * @return the time up to which the timelines are complete
     * @throws LabException if the prober has said nothing for 10 s
     */
    public long caughtUp() {
        long now = System.nanoTime();
        if (!await(() -> timeline.isComplete(now), Duration.ofSeconds(10))) {
            throw new LabException("the prober fell silent");
        }
        return now;
    }

    /** Waits until the client's echoes come back; false if they still do not when the time is up. */
    public boolean awaitEchoes(Duration limit) {
        return await(() -> timeline.echoing(System.nanoTime()), limit);
    }

    /** Polls each 5 ms; false if the condition is still not met when the time is up. */
    public static boolean await(BooleanSupplier condition, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            pause(Duration.ofMillis(5));
        }
        return true;
    }

    /** Lets the client watch for a while. */
    public static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while the client watched", e);
        }
    }
}
