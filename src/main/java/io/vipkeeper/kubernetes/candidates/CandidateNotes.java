package io.vipkeeper.kubernetes.candidates;

import java.util.Base64;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

import io.vipkeeper.grant.Candidate;
import io.vipkeeper.kubernetes.Addresses;
import io.vipkeeper.lease.LeaseRecord;

/** A candidate as the annotations of its Lease. */
final class CandidateNotes {
    static final String PROCESS = "vipkeeper.io/process";
    static final String HOST = "vipkeeper.io/host";
    private static final String PORT = "vipkeeper.io/port";
    private static final String PUBLIC_KEY = "vipkeeper.io/public-key";
    private static final String WEIGHT = "vipkeeper.io/weight";
    static final String VERSION = "vipkeeper.io/version";

    /** For people: nobody decides anything by it. */
    static final String CONDITION = "vipkeeper.io/condition";

    /** For people. */
    static final String FENCE = "vipkeeper.io/fence";

    private static final Pattern PROCESS_ID = Pattern.compile("[0-9A-Za-z._-]{1,64}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");
    private static final int KEY_BYTES = 32;
    private static final int KEY_TEXT = 44;

    sealed interface Reading {
        record Usable(Candidate candidate) implements Reading {}

        record Refused(String why) implements Reading {}
    }

    private CandidateNotes() {}

    /** @param version of the program, for people */
    static Map<String, String> of(Candidate candidate, String version) {
        return Map.of(
                PROCESS,
                candidate.process(),
                HOST,
                candidate.host(),
                PORT,
                String.valueOf(candidate.port()),
                PUBLIC_KEY,
                candidate.publicKey(),
                WEIGHT,
                String.valueOf(candidate.weight()),
                VERSION,
                version);
    }

    /** Takes nothing on trust: whoever may write a Lease may write anything into it. */
    static Reading read(CandidateNames names, String leaseName, LeaseRecord lease) {
        String node = lease.holderIdentity();
        if (names.leaseOf(node).filter(own -> own.name().equals(leaseName)).isEmpty()) {
            return new Reading.Refused("its holderIdentity is not the node of its name");
        }
        Map<String, String> notes = lease.annotations();
        String process = notes.getOrDefault(PROCESS, "");
        if (!PROCESS_ID.matcher(process).matches()) {
            return refused(PROCESS, "an id of up to 64 letters, digits and .-_");
        }
        String host = notes.getOrDefault(HOST, "");
        if (!isReachable(host)) {
            return refused(HOST, "an IP address of a node");
        }
        OptionalInt port = number(notes.get(PORT), 1, 65_535);
        if (port.isEmpty()) {
            return refused(PORT, "a number from 1 to 65535");
        }
        OptionalInt weight = number(notes.get(WEIGHT), 0, 255);
        if (weight.isEmpty()) {
            return refused(WEIGHT, "a number from 0 to 255");
        }
        String key = notes.getOrDefault(PUBLIC_KEY, "");
        if (!isKey(key)) {
            return refused(PUBLIC_KEY, "32 bytes in Base64");
        }
        return new Reading.Usable(new Candidate(node, process, host, port.getAsInt(), key, weight.getAsInt()));
    }

    private static Reading.Refused refused(String note, String expected) {
        return new Reading.Refused(note + " is not " + expected);
    }

    static boolean isReachable(String host) {
        return Addresses.literal(host)
                .filter(address -> !address.isAnyLocalAddress() && !address.isMulticastAddress())
                .isPresent();
    }

    private static OptionalInt number(String text, int least, int most) {
        if (text == null || !NUMBER.matcher(text).matches()) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(text);
        return number < least || number > most ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private static boolean isKey(String text) {
        if (text.length() != KEY_TEXT) {
            return false;
        }
        try {
            byte[] key = Base64.getDecoder().decode(text);
            return key.length == KEY_BYTES
                    && Base64.getEncoder().encodeToString(key).equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
