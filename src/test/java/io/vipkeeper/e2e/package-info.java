/**
 * The packaged program on three nodes with a real kube-apiserver each, and what a client sees while things break. In
 * every scenario at most one node answers at any time, and the client's gap is printed.
 */
package io.vipkeeper.e2e;
