/**
 * Trials: a cluster of a few nodes on this machine, faults that befall its holder, and what a client of the VIP
 * notices.
 */
package io.vipkeeper.demo;
