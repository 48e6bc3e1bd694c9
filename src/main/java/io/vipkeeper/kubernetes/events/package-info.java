/** Kubernetes Events about the moves of the virtual IP; nothing waits for them, and nothing depends on them. */
package io.vipkeeper.kubernetes.events;
