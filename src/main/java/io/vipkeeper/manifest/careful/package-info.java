/** The manifests of a careful operator: the default. No I/O. */
package io.vipkeeper.manifest.careful;
