/** The metrics: the only package with their names, and besides the composition root the only one with Micrometer. */
package io.vipkeeper.observe.meters;
