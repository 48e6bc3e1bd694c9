package io.vipkeeper.peer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

import io.vipkeeper.grant.Candidate;

/** A candidate that a datagram could be sent to. Whether its public key is one shows when keys are derived. */
record Remote(PairKeys.End end, InetSocketAddress address) {
    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final int LAST_PORT = 65_535;

    /** One sentence about a candidate says no more than this of what it wrote. */
    private static final int SHOWN = 60;

    sealed interface Checked {
        record Sound(Remote remote) implements Checked {}

        /** @param why to go on a sentence about the candidate */
        record Refused(String why) implements Checked {}
    }

    static Checked check(Candidate candidate) {
        if (!Texts.isNode(candidate.node())) {
            return new Checked.Refused("its name is not a node's name");
        }
        if (!Texts.isProcess(candidate.process())) {
            return new Checked.Refused("its process " + shown(candidate.process()) + " is not 1 to "
                    + Texts.LONGEST_PROCESS + " printable characters");
        }
        if (candidate.port() < 1 || candidate.port() > LAST_PORT) {
            return new Checked.Refused("its port " + candidate.port() + " is not between 1 and " + LAST_PORT);
        }
        Optional<InetAddress> host = host(candidate.host());
        if (host.isEmpty()) {
            return new Checked.Refused("its host " + shown(candidate.host()) + " is not a unicast IP address");
        }
        return new Checked.Sound(new Remote(
                new PairKeys.End(candidate.node(), candidate.process(), candidate.publicKey()),
                new InetSocketAddress(host.get(), candidate.port())));
    }

    /** What somebody wrote into a Lease, fit for a line of a log. */
    static String shown(String text) {
        String start = text.substring(0, Math.min(text.length(), SHOWN));
        return '"' + start.replaceAll("[^\\x20-\\x7e]", "?") + '"';
    }

    /** Asks no resolver: of a text with a colon {@link InetAddress#getByName} only reads the number. */
    private static Optional<InetAddress> host(String text) {
        boolean number = IPV4.matcher(text).matches()
                || text.indexOf(':') >= 0 && IPV6.matcher(text).matches();
        if (!number) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByName(text);
            boolean unicast = !address.isAnyLocalAddress() && !address.isMulticastAddress();
            return unicast ? Optional.of(address) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
