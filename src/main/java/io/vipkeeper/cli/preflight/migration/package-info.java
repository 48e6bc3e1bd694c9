/** From a manifest of kube-vip to one of vipkeeper. */
package io.vipkeeper.cli.preflight.migration;
