/**
 * What a cluster applies, as objects, printed as YAML: in kube-vip's own form ({@code compatible}) and in that of a
 * careful operator ({@code careful}). No I/O. May import {@code config}; fabric8's model is allowed.
 */
package io.vipkeeper.manifest;
