/**
 * The election over a {@code coordination.k8s.io/v1} Lease: what to ask of the API server, and from when until when this
 * node holds. {@link io.vipkeeper.lease.Rules} has the rules of time, {@link io.vipkeeper.lease.LeaseDecision} the state
 * diagram, {@link io.vipkeeper.lease.LeaseStore} is the port to the API server.
 *
 * <p>Pure: values in, values out; the time is an argument. Imports nothing of vipkeeper.
 */
package io.vipkeeper.lease;
