package io.vipkeeper.service.plan;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.vipkeeper.vip.VirtualIp;

/** The addresses that a Service asks for. */
sealed interface Asked {

    record Addresses(List<VirtualIp> vips) implements Asked {}

    /** None yet: whoever gives addresses away has not written one on the object. */
    record Nothing() implements Asked {}

    record Refused(String reason, String note) implements Asked {}

    int MOST = 8;

    /**
     * The annotation is believed first, then the spec; what only the status says counts if an elector has put it there.
     *
     * @param literal reads an address that is written as numbers
     */
    static Asked of(ServiceView service, Function<String, Optional<InetAddress>> literal) {
        String annotated = service.annotation(ServiceView.ADDRESSES);
        if (!annotated.isEmpty()) {
            return parse(
                    List.of(annotated.split(",")), "annotation " + ServiceView.PREFIX + "loadbalancerIPs", literal);
        }
        if (!service.specAddress().isEmpty()) {
            return parse(List.of(service.specAddress()), "spec.loadBalancerIP", literal);
        }
        return service.host().isEmpty() || service.ingress().isEmpty()
                ? new Nothing()
                : parse(service.ingress(), "status.loadBalancer.ingress", literal);
    }

    private static Asked parse(List<String> texts, String where, Function<String, Optional<InetAddress>> literal) {
        Set<VirtualIp> vips = new LinkedHashSet<>();
        for (String text : texts) {
            Optional<InetAddress> address = literal.apply(text.strip());
            if (address.isEmpty()) {
                return new Refused("AddressInvalid", "\"" + shown(text) + "\" in " + where + " is no IP address");
            }
            if (address.get().isAnyLocalAddress()) {
                return new Refused(
                        "DhcpNotSupported", "vipkeeper does not ask DHCP: write an address instead of " + shown(text));
            }
            if (!isUnicast(address.get())) {
                return new Refused("AddressInvalid", shown(text) + " in " + where + " is no address of one machine");
            }
            vips.add(VirtualIp.host(address.get()));
        }
        return vips.size() > MOST
                ? new Refused("AddressInvalid", where + " names more than " + MOST + " addresses")
                : new Addresses(new ArrayList<>(vips));
    }

    private static boolean isUnicast(InetAddress address) {
        return !address.isLoopbackAddress() && !address.isMulticastAddress() && !address.isLinkLocalAddress();
    }

    static String shown(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}", "?");
        return line.length() > 64 ? line.substring(0, 64) + "..." : line;
    }
}
