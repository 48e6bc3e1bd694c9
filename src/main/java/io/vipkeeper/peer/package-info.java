/**
 * The fast path's datagrams: who may send them is known from the API, that they did from an HMAC.
 *
 * <pre>
 *  0        4                20         28     29      30       31        n-16     n
 *  +--------+----------------+----------+------+-------+--------+---------+--------+
 *  | VKP 2  | sender         | sequence | kind | flags | weight | content | tag    |
 *  +--------+----------------+----------+------+-------+--------+---------+--------+
 * </pre>
 *
 * <p>Big-endian. The sender is the first half of a SHA-256 over its node's name and process, so that it is looked up
 * without crypto; the tag is the first half of an HMAC-SHA256 over everything before it, under a key that only this pair
 * of processes has and only for this direction. Nothing is encrypted: there is no secret in it. A datagram is looked at
 * in the order of cost: length, version, sender, sequence, tag, and only then content.
 *
 * <p>Implements {@code grant}'s port {@link io.vipkeeper.grant.Peers}; imports nothing else of vipkeeper.
 */
package io.vipkeeper.peer;
