package io.vipkeeper.e2e;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.vipkeeper.demo.lab.LabNode;

import static org.assertj.core.api.Assertions.assertThat;

/** kubeadm starts the static pods together: the first node's program is there before its API server is. */
class FirstStartIT extends EndToEnd {

    @Override
    boolean startsWhole() {
        return false;
    }

    @Test
    void waitsForAnApiServerThatIsNotThereYetAndThenTakesTheAddress() {
        // given: nobody answers on any node
        cluster().nodes().forEach(api()::kill);
        cluster().nodes().forEach(LabNode::start);
        watch(Duration.ofSeconds(10));
        assertThat(cluster().nodes()).as(this::logs).allMatch(LabNode::isRunning);
        assertThat(cluster().probe().holder()).isEmpty();

        // when
        cluster().nodes().forEach(api()::start);

        // then
        holder();
        cluster().nodes().forEach(node -> cluster().awaitReady(node, START_LIMIT));
        assertThat(cluster().nodes()).as(this::logs).allMatch(LabNode::isRunning);

        // and keeps it
        watch(Duration.ofSeconds(3));
    }
}
