package io.vipkeeper.cli.preflight.api;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import io.vipkeeper.cli.preflight.Configs;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.Finding.Level;
import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.kubernetes.AgainstApiServer;
import io.vipkeeper.kubernetes.ApiSettings;
import io.vipkeeper.kubernetes.Kubeconfigs;

import static org.assertj.core.api.Assertions.assertThat;

/** Against kube-apiserver and etcd, from an empty cluster to one that has everything wrong. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ApiChecksIT extends AgainstApiServer {
    private static final String VIP = "192.0.2.100";

    @Test
    @Order(1)
    void aUserWithAllRightsInAnEmptyClusterIsWell() throws Exception {
        // when
        List<Finding> findings = run("token: all-token");

        // then
        assertThat(of(findings, "kubeconfig").what())
                .isEqualTo("leads to https://127.0.0.1:" + server.port + " as someone of " + folder.resolve("it.conf"));
        assertThat(of(findings, "Lease")).isEqualTo(Finding.ok("Lease", "there is no kube-system/plndr-cp-lock yet"));
        assertThat(of(findings, "rights").level()).isEqualTo(Level.OK);
        assertThat(of(findings, "Node addresses").level()).isEqualTo(Level.OK);
        assertThat(of(findings, "endpoint"))
                .isEqualTo(Finding.ok("endpoint", "the kubeconfig's server is https://192.0.2.100:6443, the VIP"));
        // and the server's certificate, which is for kubernetes only
        assertThat(of(findings, "API certificate").level()).isEqualTo(Level.WARNING);
    }

    @Test
    @Order(2)
    void dryRunsAreMeasuredAndLeaveNoLease() throws Exception {
        Finding writes = of(run("token: all-token"), "writes");

        assertThat(writes.what()).matches("10 dry runs took [0-9.]+ ms in the median, [0-9.]+ ms at most.*");
        assertThat(of(run("token: all-token"), "Lease").what()).startsWith("there is no");
    }

    @Test
    @Order(3)
    void aUserWithoutRightsIsToldWhichOnesItLacks() throws Exception {
        List<Finding> findings = run("token: none-token");

        assertThat(of(findings, "Lease").level()).isEqualTo(Level.FAILURE);
        assertThat(of(findings, "Lease").remedy()).isEqualTo(Rights.REMEDY);
        assertThat(of(findings, "rights").level()).isEqualTo(Level.NOT_YET);
    }

    @Test
    @Order(4)
    void aUserThatMayOnlyReadTheLeaseLacksTheRightToWriteIt() throws Exception {
        // given
        post(
                "/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system/roles",
                "{'kind':'Role','apiVersion':'rbac.authorization.k8s.io/v1','metadata':{'name':'reader'},"
                        + "'rules':[{'apiGroups':['coordination.k8s.io'],'resources':['leases'],'verbs':['get']}]}");
        post(
                "/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system/rolebindings",
                "{'kind':'RoleBinding','apiVersion':'rbac.authorization.k8s.io/v1','metadata':{'name':'reader'},"
                        + "'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'Role','name':'reader'},"
                        + "'subjects':[{'apiGroup':'rbac.authorization.k8s.io','kind':'User','name':'none'}]}");

        // when
        List<Finding> findings = run("token: none-token");
        // The API server makes its own roles, by which anybody may ask for rights, some time after it is ready.
        for (int tries = 0; tries < 50 && of(findings, "rights").what().contains("does not tell"); tries++) {
            Thread.sleep(200);
            findings = run("token: none-token");
        }

        // then
        assertThat(of(findings, "Lease").level()).isEqualTo(Level.OK);
        assertThat(of(findings, "rights").what())
                .isEqualTo("the user may not create leases in kube-system, update leases in kube-system");
        assertThat(of(findings, "writes").level()).isEqualTo(Level.FAILURE);
        assertThat(of(findings, "Node addresses").level()).isEqualTo(Level.WARNING);
    }

    @Test
    @Order(5)
    void aClientCertificateThatEndsInTwoDaysIsAWarning() throws Exception {
        String user = "client-certificate: '" + folder.resolve("admin.crt") + "', client-key: '"
                + folder.resolve("admin.key") + "'";

        assertThat(of(run(user), "client certificate").what())
                .matches("that of the kubeconfig ends on .*, in [01] days");
    }

    @Test
    @Order(6)
    void anExistingLeaseIsWrittenAsADryRunAndStaysAsItWas() throws Exception {
        // given
        post(
                "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases",
                "{'kind':'Lease','apiVersion':'coordination.k8s.io/v1','metadata':{'name':'plndr-cp-lock'},"
                        + "'spec':{'holderIdentity':'n1','leaseDurationSeconds':15}}");

        // when
        List<Finding> findings = run("token: all-token");

        // then
        assertThat(of(findings, "writes").what()).startsWith("10 dry runs took");
        assertThat(of(findings, "Lease").level()).as("n1 is this node's name").isEqualTo(Level.WARNING);
        assertThat(of(run("token: all-token"), "Lease")).isEqualTo(of(findings, "Lease"));
    }

    @Test
    @Order(7)
    void anEndpointElsewhereAndANodeWithTheVipAreTold() throws Exception {
        // given
        post(
                "/api/v1/namespaces/kube-system/configmaps",
                "{'kind':'ConfigMap','apiVersion':'v1','metadata':{'name':'kubeadm-config'},'data':"
                        + "{'ClusterConfiguration':'kind: ClusterConfiguration\\ncontrolPlaneEndpoint: 192.0.2.1:6443\\n'}}");
        post(
                "/api/v1/nodes",
                "{'kind':'Node','apiVersion':'v1','metadata':{'name':'n2'},"
                        + "'status':{'addresses':[{'type':'InternalIP','address':'192.0.2.100'}]}}");

        // when
        List<Finding> findings = run("token: all-token");

        // then
        assertThat(of(findings, "endpoint").level()).isEqualTo(Level.WARNING);
        assertThat(of(findings, "endpoint").what()).contains("controlPlaneEndpoint is 192.0.2.1:6443");
        assertThat(of(findings, "Node addresses").level()).isEqualTo(Level.FAILURE);
        assertThat(of(findings, "Node addresses").what()).contains("Node n2");
    }

    private static Finding of(List<Finding> findings, String check) {
        return findings.stream()
                .filter(found -> found.check().equals(check))
                .reduce((a, b) -> {
                    throw new AssertionError(a + " and " + b);
                })
                .orElseThrow(() -> new AssertionError("no " + check + " in " + findings));
    }

    private static void post(String collection, String json) {
        server.post(admin, collection, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static List<Finding> run(String user) throws IOException {
        String cluster =
                "server: 'https://192.0.2.100:6443', certificate-authority: '" + folder.resolve("ca.crt") + "'";
        Path file = Files.writeString(folder.resolve("it.conf"), Kubeconfigs.text(cluster, user));
        VipkeeperConfig config = Configs.of("address", VIP);
        ApiSettings settings = new ApiSettings(file, "", server.port, Set.of(InetAddress.getByName(VIP)), Set.of());
        return new ApiChecks(config, settings, "02:00:5e:10:00:01").run();
    }
}
