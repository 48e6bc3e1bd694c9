/** Whether this node's own API server serves, by asking it many times a second. */
package io.vipkeeper.kubernetes.probe;
