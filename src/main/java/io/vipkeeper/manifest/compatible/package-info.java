/** kube-vip 1.2.3's manifests, byte for byte but for name, image and kube-vip's mistakes. No I/O. */
package io.vipkeeper.manifest.compatible;
