/**
 * Which addresses Services may be given: the pools of a ConfigMap as kube-vip-cloud-provider reads it. {@code ledger}
 * knows which addresses are in use and chooses, {@code turn} decides for the whole cluster while its node is in charge.
 *
 * <p>Pure: values in, values out; the time is an argument. Imports {@code vip}.
 */
package io.vipkeeper.pool;
