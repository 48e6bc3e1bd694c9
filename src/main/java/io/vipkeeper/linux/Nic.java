package io.vipkeeper.linux;

import java.util.HexFormat;

/**
 * A network interface as the kernel described it at one moment.
 *
 * @param index the kernel's number; a re-created interface has another
 * @param mac lower-case with colons; empty for an interface without a hardware address
 * @param flags IFF_ bits of {@code linux/if.h}
 * @param carrier can pass frames: operational state UP or UNKNOWN (many virtual drivers never say UP), and no driver
 *     that reports its carrier as lost
 */
public record Nic(String name, int index, String mac, int flags, boolean carrier) {

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");
    private static final int ETHERNET_ADDRESS = 6;

    /** Administratively up and with carrier. */
    public boolean usable() {
        return (flags & LinuxConstants.IFF_UP) != 0 && carrier;
    }

    /** Whether frames with an Ethernet header can be sent here; InfiniBand and tunnels have none. */
    public boolean isEthernet() {
        return macBytes().length == ETHERNET_ADDRESS;
    }

    public byte[] macBytes() {
        return COLONS.parseHex(mac);
    }

    /** The text form that {@link #mac} has. */
    public static String macText(byte[] address) {
        return COLONS.formatHex(address);
    }
}
