package io.vipkeeper.e2e.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.core.ConditionTimeoutException;

import io.vipkeeper.demo.lab.JavaCommand;
import io.vipkeeper.demo.lab.Lab;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;
import io.vipkeeper.e2e.history.History;

import static org.awaitility.Awaitility.await;

/**
 * Records a lab with a real API, into a folder that stays. Every process of it is one of the lab's and ends with the lab
 * at the latest.
 */
public final class Recorder implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(20);
    private static final Duration MARK_LIMIT = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final long CLOCK_TOLERANCE = 5_000_000;
    private static final String LEASE_KEY = "/registry/leases/kube-system/plndr-cp-lock";
    private static final String FROM_VIP = "(arp and arp[14:4] = 0xc000020a)"
            + " or (icmp[icmptype] = icmp-echoreply and src host " + LabPlan.VIP + ")"
            + " or (ip6[6] = 58 and (ip6[40] = 136 or ip6[40] = 129))";

    private final Lab lab;
    private final Recordings recordings;
    private final Map<LabNode, String> marks = new LinkedHashMap<>();
    private final List<FenceWatch> fences = new ArrayList<>();
    private final long clock = Times.aheadOfMonotonic();
    private Process frames;
    private Process addresses;
    private Process leases;

    private Recorder(Lab lab, Recordings recordings) {
        this.lab = lab;
        this.recordings = recordings;
        lab.nodes().forEach(node -> marks.put(node, "192.0.2." + (200 + node.number())));
    }

    /**
     * @param folder is made, or emptied
     * @return when all recorders have proved that they see something
     */
    public static Recorder start(Lab lab, Path folder) throws IOException {
        Recorder recorder = new Recorder(lab, Recordings.in(folder));
        try {
            recorder.open();
            return recorder;
        } catch (IOException | RuntimeException e) {
            recorder.close();
            throw e;
        }
    }

    private void open() throws IOException {
        frames = lab.startOnSwitch("frames", tcpdump());
        addresses = lab.startOnSwitch(
                "addresses",
                into(
                        recordings.addresses(),
                        List.of("ip", "-rcvbuf", "4194304", "-ts", "-o", "monitor", "all-nsid", "address")));
        List<String> watch =
                JavaCommand.main(LeaseWatchMain.class.getName(), List.of("http://" + LabPlan.API + ":2379", LEASE_KEY));
        leases = lab.startInApi("leases", into(recordings.leases(), watch), false);
        for (LabNode node : lab.nodes()) {
            fences.add(FenceWatch.start(node, recordings.fences(node)));
        }
        await().atMost(READY_LIMIT)
                .until(() -> Files.readString(lab.log("frames")).contains("listening on"));
        await().atMost(READY_LIMIT)
                .until(() -> Files.exists(recordings.leases())
                        && Files.readString(recordings.leases()).contains("\"created\":true"));
        for (LabNode node : lab.nodes()) {
            await().atMost(READY_LIMIT).until(() -> seesMark(node));
        }
    }

    private List<String> tcpdump() {
        return List.of(
                "tcpdump",
                "-i",
                "vip0",
                "-n",
                "-Z",
                "root",
                "-s",
                "96",
                "-B",
                "4096",
                "--time-stamp-precision=nano",
                "-w",
                recordings.frames().toString(),
                FROM_VIP);
    }

    private static List<String> into(Path file, List<String> command) {
        List<String> line = new ArrayList<>(List.of("sh", "-c", "TZ=UTC exec \"$@\" >\"$0\"", file.toString()));
        line.addAll(command);
        return line;
    }

    /** Puts an address of its own on a node and takes it away, for the monitor to see. */
    private boolean seesMark(LabNode node) throws IOException {
        String mark = marks.get(node);
        long before = recordings.events(mark);
        node.ip(List.of("addr", "add", mark + "/32", "dev", "lo"));
        node.ip(List.of("addr", "del", mark + "/32", "dev", "lo"));
        try {
            await().pollInterval(POLL).atMost(MARK_LIMIT).until(() -> recordings.events(mark) >= before + 2);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** Ends the recording and reads it. What the recorders may have missed is among the history's faults. */
    public History stop() throws IOException {
        List<String> faults = new ArrayList<>();
        check(faults, frames.isAlive(), "tcpdump ended early");
        check(faults, leases.isAlive(), "the watch of the Lease ended early");
        for (LabNode node : lab.nodes()) {
            check(faults, seesMark(node), "ip monitor does not see what happens on " + node);
        }
        long moved = Math.abs(Times.aheadOfMonotonic() - clock);
        check(faults, moved < CLOCK_TOLERANCE, "the clock was set by " + moved / 1_000_000 + " ms");
        close();
        String dumped = Files.readString(lab.log("frames"));
        check(faults, dumped.contains("\n0 packets dropped by kernel"), "tcpdump says: " + dumped);
        String complaints = Files.readString(lab.log("addresses"));
        check(faults, complaints.isEmpty(), "ip monitor says: " + complaints);
        return recordings.read(marks, faults);
    }

    private static void check(List<String> faults, boolean good, String fault) {
        if (!good) {
            faults.add(fault);
        }
    }

    /** Ends the recorders without reading. May be called twice. */
    @Override
    public void close() throws IOException {
        for (FenceWatch fence : fences) {
            fence.close();
        }
        for (Process process :
                Stream.of(frames, addresses, leases).filter(Objects::nonNull).toList()) {
            process.destroy();
            process.onExit().orTimeout(5, TimeUnit.SECONDS).join();
        }
    }
}
