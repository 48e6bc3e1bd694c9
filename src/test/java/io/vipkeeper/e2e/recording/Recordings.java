package io.vipkeeper.e2e.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;
import io.vipkeeper.e2e.history.History;
import io.vipkeeper.e2e.history.Recorded;

/** The folder of one cluster's recordings and its files. */
record Recordings(Path folder) {
    private static final List<String> VIPS = List.of(LabPlan.VIP, LabPlan.VIP6);

    /** Makes the folder, or empties it. */
    static Recordings in(Path folder) throws IOException {
        Recordings recordings = new Recordings(Files.createDirectories(folder).toAbsolutePath());
        try (Stream<Path> old = Files.list(folder)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        return recordings;
    }

    Path frames() {
        return folder.resolve("frames.pcap");
    }

    Path addresses() {
        return folder.resolve("addresses.txt");
    }

    Path leases() {
        return folder.resolve("leases.txt");
    }

    Path fences(LabNode node) {
        return folder.resolve("fences-" + node + ".txt");
    }

    /** How many events an address had so far, on any node. */
    long events(String address) throws IOException {
        return Files.exists(addresses())
                ? Files.readString(addresses())
                        .lines()
                        .filter(line -> line.contains(" " + address + "/"))
                        .count()
                : 0;
    }

    /** @param marks the address that only this node had, by the node */
    History read(Map<LabNode, String> marks, List<String> faults) throws IOException {
        List<Recorded.Fence> fences = new ArrayList<>();
        for (LabNode node : marks.keySet()) {
            fences.addAll(FenceFile.read(node.name(), Files.readAllLines(fences(node)), VIPS));
        }
        return new History(
                marks.keySet().stream().collect(Collectors.toMap(LabNode::mac, LabNode::name)),
                FrameFile.read(frames(), new FrameReader(VIPS)),
                AddressFile.read(
                        Files.readAllLines(addresses()),
                        marks.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, mark -> mark.getKey()
                                .name())),
                        VIPS),
                LeaseFile.read(Files.readAllLines(leases())),
                fences,
                List.of(),
                faults);
    }
}
