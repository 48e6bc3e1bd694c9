/**
 * The commands that print manifests on stdout, and nothing there when they refuse. They take kube-vip's arguments, open
 * no port and start no Quarkus.
 */
package io.vipkeeper.cli.manifest;
