package io.vipkeeper.config;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.vipkeeper.vip.VirtualIp;

/** Reads the addresses and their prefixes. A Lease speaks for one address of each family, as in kube-vip. */
final class Addresses {
    private static final String PART = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("(" + PART + "\\.){3}" + PART);
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private final Settings settings;
    private final List<String> problems;
    private final List<String> warnings;

    Addresses(Settings settings, List<String> problems, List<String> warnings) {
        this.settings = settings;
        this.problems = problems;
        this.warnings = warnings;
    }

    List<VirtualIp> vips() {
        Option option = chosen();
        String typed = settings.text(option);
        if (typed.isEmpty()) {
            problems.add("no address is given: set address (--address) to the virtual IP of the control plane");
            return List.of();
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (String one : typed.split(",", -1)) {
            address(option, one.strip()).ifPresent(addresses::add);
        }
        checkFamilies(option, addresses);
        return withPrefixes(addresses);
    }

    private Option chosen() {
        String address = settings.text(Options.ADDRESS);
        String deprecated = settings.text(Options.VIP_ADDRESS);
        if (deprecated.isEmpty()) {
            return Options.ADDRESS;
        }
        if (!address.isEmpty()) {
            if (!address.equals(deprecated)) {
                problems.add(settings.shown(Options.ADDRESS) + " and " + settings.shown(Options.VIP_ADDRESS)
                        + " differ; keep address (--address)");
            }
            return Options.ADDRESS;
        }
        warnings.add("vip_address (--vip) is deprecated; use address (--address)");
        if (settings.text(Options.SUBNET).isEmpty()) {
            problems.add(settings.shown(Options.VIP_ADDRESS)
                    + " needs vip_subnet (--vipSubnet); or use address (--address), which does not");
        }
        return Options.VIP_ADDRESS;
    }

    private Optional<InetAddress> address(Option option, String text) {
        String shown = settings.shown(option);
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            problems.add(
                    text.contains("/")
                            ? shown + ": give the prefix in vip_subnet (--vipSubnet), not in the address"
                            : shown
                                    + " is no IP address; vipkeeper does not resolve DNS names, give the address itself");
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByName(text); // A literal: never asks a resolver.
            unusable(text, address).ifPresent(why -> problems.add(shown + ": " + text + " " + why));
            return Optional.of(address);
        } catch (UnknownHostException e) {
            problems.add(shown + " is no IP address");
            return Optional.empty();
        }
    }

    private static Optional<String> unusable(String text, InetAddress address) {
        if (text.contains(":") && address instanceof Inet4Address) {
            return Optional.of("is an IPv4 address written as IPv6; write it as IPv4");
        }
        int first = address.getAddress()[0] & 0xff;
        if (address.isAnyLocalAddress() || address instanceof Inet4Address && first == 0) {
            return Optional.of("is the unspecified address; give the virtual IP");
        }
        if (address.isLoopbackAddress()) {
            return Optional.of("is a loopback address, which no neighbour can reach");
        }
        if (address.isMulticastAddress() || address instanceof Inet4Address && first >= 240) {
            return Optional.of("is a multicast, broadcast or reserved address; a virtual IP is a unicast one");
        }
        return address.isLinkLocalAddress()
                ? Optional.of("is a link-local address, which differs in meaning on every interface")
                : Optional.empty();
    }

    private void checkFamilies(Option option, List<InetAddress> addresses) {
        if (addresses.stream().distinct().count() < addresses.size()) {
            problems.add(settings.shown(option) + " names one address twice");
        } else if (addresses.stream().map(InetAddress::getClass).distinct().count() < addresses.size()) {
            problems.add(
                    settings.shown(option) + " names two addresses of one family; give one IPv4, one IPv6, or both");
        }
    }

    private List<VirtualIp> withPrefixes(List<InetAddress> addresses) {
        String typed = settings.text(Options.SUBNET);
        if (typed.isEmpty()) {
            return addresses.stream().map(VirtualIp::host).toList();
        }
        String shown = settings.shown(Options.SUBNET);
        String[] prefixes = typed.split(",", -1);
        boolean both = addresses.stream().anyMatch(Inet4Address.class::isInstance)
                && addresses.stream().anyMatch(Inet6Address.class::isInstance);
        if (prefixes.length > 2 || both && prefixes.length != 2) {
            problems.add(shown + " must give one prefix for each family, IPv4 first, such as 32,128");
            return List.of();
        }
        List<VirtualIp> vips = new ArrayList<>();
        for (InetAddress address : addresses) {
            boolean second = address instanceof Inet6Address && prefixes.length == 2;
            prefix(shown, prefixes[second ? 1 : 0], address).ifPresent(vips::add);
        }
        return vips;
    }

    private Optional<VirtualIp> prefix(String shown, String typed, InetAddress address) {
        int longest = address instanceof Inet4Address ? 32 : 128;
        String digits = typed.strip().replaceFirst("^/", "");
        if (digits.matches("[0-9]{1,3}")) {
            int prefix = Integer.parseInt(digits);
            if (prefix >= 1 && prefix <= longest) {
                return Optional.of(new VirtualIp(address, prefix));
            }
        }
        problems.add(shown + " gives no prefix from 1 to " + longest + " for " + address.getHostAddress());
        return Optional.empty();
    }
}
