/** What a cluster applies, as objects, printed as YAML. No I/O. May import {@code config}; fabric8's model is allowed. */
package io.vipkeeper.manifest;
