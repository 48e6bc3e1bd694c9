/**
 * Where the addresses of Services come from and where they are stored: the ConfigMap of the pools, and the Services
 * themselves, both as kube-vip-cloud-provider has them. What is decided is in {@code pool}.
 */
package io.vipkeeper.kubernetes.pools;
