/**
 * The packaged program on three nodes with a real kube-apiserver each, and what a client sees while things break. In
 * every scenario at most one node answers at any time, and the client's gap is printed. What happened on the bridge, in
 * the kernels and to the Lease is recorded and judged at the end of each class.
 */
package io.vipkeeper.e2e;
