/**
 * Records what happens in a lab to files, and reads them for {@link io.vipkeeper.e2e.history}: frames by
 * {@code tcpdump} on the bridge, addresses by {@code ip monitor}, filters by {@code nft monitor}, the Lease by a watch
 * of etcd. None of it runs code of the program under test.
 */
package io.vipkeeper.e2e.recording;
