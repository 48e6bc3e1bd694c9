package io.vipkeeper.manifest;

import java.util.List;

/**
 * What rights are to be printed for.
 *
 * @param namespace of the ServiceAccount
 * @param leaseNamespace of the election's Lease and of those of its candidates
 * @param candidateLeases those that the candidates keep; empty: not known
 * @param role whether kube-vip's form grants in its namespace only
 * @param roleBinding whether kube-vip's form binds in its namespace only
 * @param services whether Services of type LoadBalancer are looked after
 * @param token whether a Secret with a token is wanted, for a kubeconfig
 */
public record RightsRequest(
        String namespace,
        String leaseNamespace,
        String leaseName,
        List<String> candidateLeases,
        boolean role,
        boolean roleBinding,
        boolean services,
        boolean token) {
    public RightsRequest {
        candidateLeases = List.copyOf(candidateLeases);
    }
}
