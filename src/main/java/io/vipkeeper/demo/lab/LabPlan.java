package io.vipkeeper.demo.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * What a lab is made of.
 *
 * @param size the number of nodes, 1 to 9
 * @param ipv6 whether the VIP is dual-stack
 */
public record LabPlan(int size, boolean ipv6) {
    public static final String VIP = "192.0.2.10";
    public static final String VIP6 = "2001:db8::10";
    public static final String CLIENT = "192.0.2.100";
    public static final String CLIENT6 = "2001:db8::100";
    /** Where the embedded Lease server or etcd listens, on the API network. */
    public static final String API = "198.51.100.1";

    public LabPlan {
        if (size < 1 || size > 9) {
            throw new LabException("a lab has 1 to 9 nodes, not " + size);
        }
    }

    /** The VIP as the programs take it: one address, or two with a comma. */
    public String vip() {
        return ipv6 ? VIP + "," + VIP6 : VIP;
    }

    static String address(int number) {
        return "192.0.2." + (10 + number);
    }

    static String address6(int number) {
        return "2001:db8::1" + number;
    }

    static String apiAddress(int number) {
        return "198.51.100." + (10 + number);
    }

    static String mac(int number) {
        return "02:00:00:00:02:1" + number;
    }

    static String apiMac(int number) {
        return "02:00:00:00:64:1" + number;
    }

    List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            numbers.add(i);
        }
        return numbers;
    }
}
