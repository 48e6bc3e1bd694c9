package io.vipkeeper.kubernetes;

import java.net.InetAddress;
import java.util.Map;
import java.util.Set;

/**
 * What is known of the cluster's Nodes.
 *
 * @param owners every address that some Node has as its own ({@code status.addresses}, InternalIP and ExternalIP), and
 *     that Node's name; none of them must ever be bound as a virtual IP
 * @param controlPlane the names of those that belong to the control plane, by their label, and are Ready
 */
public record NodeList(Map<InetAddress, String> owners, Set<String> controlPlane) {

    public NodeList {
        owners = Map.copyOf(owners);
        controlPlane = Set.copyOf(controlPlane);
    }
}
