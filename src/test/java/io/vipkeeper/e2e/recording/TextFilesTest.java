package io.vipkeeper.e2e.recording;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import io.vipkeeper.e2e.history.Recorded.Address;
import io.vipkeeper.e2e.history.Recorded.Fence;
import io.vipkeeper.e2e.history.Recorded.Filter;
import io.vipkeeper.e2e.history.Recorded.Lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The files that are lines of text, by lines that the recorders wrote. */
class TextFilesTest {
    private static final String VIP = "192.0.2.10";
    private static final String VIP6 = "2001:db8::10";
    private static final List<String> VIPS = List.of(VIP, VIP6);
    private static final long MILLI = 1_000_000;

    /** What kube-apiserver 1.36.3 kept in etcd for a Lease of n2 with 5 s. */
    private static final String STORED =
            "azhzAAofChZjb29yZGluYXRpb24uazhzLmlvL3YxEgVMZWFzZRLXBQquBQoNcGxuZHItY3AtbG9jaxIAGgtrdWJlLX"
                    + "N5c3RlbSIAKiRlNzcwMTFhMi1jMjhjLTQ1ZTItYjQzOC01N2NkYzMyNzRlYzMyADgAQggIk5GM2AYQAGIpChR2aXBr"
                    + "ZWVwZXIuaW8vbWFjaGluZRIRMDI6MDA6MDA6MDA6MDI6MTJiPAoUdmlwa2VlcGVyLmlvL3Byb2Nlc3MSJGMxNmQzMD"
                    + "Q0LTJjYTEtNDY0Mi1hZWFmLTY5OTI2OWM3ZDgyYWIzChR2aXBrZWVwZXIuaW8vcmVuZXdlZBIbMjAyNi0xMS0yMlQx"
                    + "NToyMTo1NS44NjIyNzhaYhoKFXZpcGtlZXBlci5pby9zZXF1ZW5jZRIBNWIgChh2aXBrZWVwZXIuaW8vd3JpdHRlbi"
                    + "1mb3ISBG4yLzCKAfoCCgl2aXBrZWVwZXISBlVwZGF0ZRoWY29vcmRpbmF0aW9uLms4cy5pby92MSIICJORjNgGEAAy"
                    + "CEZpZWxkc1YxOrYCCrMCeyJmOm1ldGFkYXRhIjp7ImY6YW5ub3RhdGlvbnMiOnsiLiI6e30sImY6dmlwa2VlcGVyLm"
                    + "lvL21hY2hpbmUiOnt9LCJmOnZpcGtlZXBlci5pby9wcm9jZXNzIjp7fSwiZjp2aXBrZWVwZXIuaW8vcmVuZXdlZCI6"
                    + "e30sImY6dmlwa2VlcGVyLmlvL3NlcXVlbmNlIjp7fSwiZjp2aXBrZWVwZXIuaW8vd3JpdHRlbi1mb3IiOnt9fX0sIm"
                    + "Y6c3BlYyI6eyJmOmFjcXVpcmVUaW1lIjp7fSwiZjpob2xkZXJJZGVudGl0eSI6e30sImY6bGVhc2VEdXJhdGlvblNl"
                    + "Y29uZHMiOnt9LCJmOmxlYXNlVHJhbnNpdGlvbnMiOnt9LCJmOnJlbmV3VGltZSI6e319fUIAEiQKAm4yEAUaDAiTkY"
                    + "zYBhDwopWbAyIMCJORjNgGEPCilZsDKAAaACIA";

    private static String event(String rest) {
        return "1795360915875081714 {\"result\":{\"header\":{\"revision\":\"234\"},\"events\":[{" + rest + "}]}}";
    }

    @Test
    void readsWhichNodeTheMonitorMeansFromTheMarks() {
        // given
        List<String> file = List.of(
                "[2026-11-22T15:21:43.568460] [nsid 7]1: lo    inet 192.0.2.201/32 scope global lo\\       valid_lft",
                "[2026-11-22T15:21:43.574521] [nsid 7]Deleted 1: lo    inet 192.0.2.201/32 scope global lo\\  valid",
                "[2026-11-22T15:21:55.905249] [nsid 7]2: vip0    inet 192.0.2.10/32 scope global deprecated dynamic",
                "[2026-11-22T15:21:55.906000] [nsid 3]2: vip0    inet6 2001:db8::10/128 scope global nodad deprecated",
                "[2026-11-22T15:21:56.199562] [nsid 7]Deleted 2: vip0    inet 192.0.2.10/32 scope global deprecated",
                "[2026-11-22T15:21:56.199999] [nsid current]2: br0    inet6 fe80::1479:7fff:fe9b:c81/64 scope link",
                "[2026-11-22T15:21:57.1");

        // when
        List<Address> events = AddressFile.read(file, Map.of("192.0.2.201", "n1"), VIPS);

        // then: a node without a mark keeps its number, which no Lease will ever name
        assertThat(events)
                .containsExactly(
                        new Address(1_795_360_915_905_249_000L, "n1", VIP, true),
                        new Address(1_795_360_915_906_000_000L, "nsid 3", VIP6, true),
                        new Address(1_795_360_916_199_562_000L, "n1", VIP, false));
    }

    @Test
    void readsWhatTheFilterGuardsAndAdmitsAndForHowLong() {
        // given: the second transaction renews, the last one deletes the table
        String table = " element netdev vipkeeper/kube-system/plndr-cp-lock ";
        List<String> file = List.of(
                "1 add table netdev vipkeeper/kube-system/plndr-cp-lock",
                "2 add set netdev vipkeeper/kube-system/plndr-cp-lock live4 { type ipv4_addr; flags timeout; } ",
                "3 add" + table + "guarded4 { 192.0.2.10 timeout 1m expires 1m }",
                "4 add" + table + "live4 { 192.0.2.10 timeout 1s300ms expires 1s299ms }",
                "5 add" + table + "live6 { 2001:db8::10 timeout 1m1s296ms expires 1m1s296ms }",
                "5 # new generation 2 by process 23867 (java)",
                "6 add" + table + "live4 { 192.0.2.10 timeout 1s300ms expires 1s299ms }",
                "6 delete" + table + "live4 { 192.0.2.10 timeout 1s300ms expires 1s168ms }",
                "7 add" + table + "live4 { 192.0.2.10 timeout 300ms expires 300ms }",
                "7 # new generation 3 by process 23867 (java)",
                "8 add" + table + "live4 { 192.0.2.99 timeout 300ms expires 300ms }",
                "8 add element inet other live4 { 192.0.2.10 timeout 300ms expires 300ms }",
                "9 delete" + table + "live4 { 192.0.2.10 timeout 300ms expires 100ms }",
                "9 # new generation 4 by process 23867 (java)",
                "10 delete set netdev vipkeeper/kube-system/plndr-cp-lock guarded4",
                "10 delete set netdev vipkeeper/kube-system/plndr-cp-lock live6",
                "10 # new generation 5 by process 23867 (java)",
                "11 add elem");

        // when
        List<Fence> events = FenceFile.read("n1", file, VIPS);

        // then
        assertThat(events)
                .containsExactly(
                        new Fence(3, "n1", VIP, Filter.GUARDED, OptionalLong.of(60_000 * MILLI)),
                        new Fence(4, "n1", VIP, Filter.ADMITTED, OptionalLong.of(1_299 * MILLI)),
                        new Fence(5, "n1", VIP6, Filter.ADMITTED, OptionalLong.of(61_296 * MILLI)),
                        new Fence(7, "n1", VIP, Filter.ADMITTED, OptionalLong.of(300 * MILLI)),
                        new Fence(9, "n1", VIP, Filter.BLOCKED, OptionalLong.empty()),
                        new Fence(10, "n1", VIP, Filter.UNGUARDED, OptionalLong.empty()),
                        new Fence(10, "n1", VIP6, Filter.BLOCKED, OptionalLong.empty()));
    }

    @Test
    void readsAVersionOfTheLeaseAsTheApiServerStoresIt() throws IOException {
        // given
        List<String> file = List.of(
                "1795360903386419366 {\"result\":{\"header\":{\"revision\":\"224\"},\"created\":true}}",
                event("\"kv\":{\"key\":\"L3I=\",\"mod_revision\":\"234\",\"value\":\"" + STORED + "\"}"),
                event("\"type\":\"DELETE\",\"kv\":{\"key\":\"L3I=\",\"mod_revision\":\"240\"}"));

        // when
        List<Lease> versions = LeaseFile.read(file);

        // then
        assertThat(versions)
                .containsExactly(
                        new Lease(1_795_360_915_875_081_714L, 234, "n2", 5_000 * MILLI, false, false),
                        new Lease(1_795_360_915_875_081_714L, 240, "", 0, true, false));
    }

    @Test
    void refusesAStoredLeaseThatIsCutShort() {
        // given
        byte[] stored = Base64.getDecoder().decode(STORED);
        String cut = Base64.getEncoder().encodeToString(Arrays.copyOf(stored, stored.length / 2));

        // then
        assertThatThrownBy(() ->
                        LeaseFile.read(List.of(event("\"kv\":{\"mod_revision\":\"234\",\"value\":\"" + cut + "\"}"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a field longer than its message");
    }
}
