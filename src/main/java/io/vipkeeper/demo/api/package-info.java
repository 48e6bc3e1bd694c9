/**
 * The Kubernetes API of a lab: a small Lease server of its own, or kube-apiserver and etcd where they are installed.
 */
package io.vipkeeper.demo.api;
