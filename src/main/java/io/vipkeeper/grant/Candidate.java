package io.vipkeeper.grant;

/**
 * A node that takes part, as its own Lease says. Nothing of it is trusted before a datagram proves the key.
 *
 * @param node its identity in the election
 * @param process tells its processes apart; new at each start, like the key
 * @param host an IP address, as text
 * @param publicKey X25519, the 32 bytes of RFC 7748 in Base64
 * @param weight the preference among those who could take over, 0 to 255; larger comes first
 */
public record Candidate(String node, String process, String host, int port, String publicKey, int weight) {}
