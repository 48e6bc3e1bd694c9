package io.vipkeeper.kubernetes;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A class whose tests share a kube-apiserver with its etcd, and a client that may do everything. */
public abstract class AgainstApiServer {
    protected static final Duration ATTEMPT = Duration.ofSeconds(2);

    @TempDir
    protected static Path folder;

    protected static ApiServerProcess server;
    protected static ElectionClient admin;

    @BeforeAll
    protected static void startServer() throws Exception {
        server = ApiServerProcess.start(folder);
        admin = server.client("admin-token", "token: all-token", ATTEMPT);
        server.awaitReady(admin);
    }

    @AfterAll
    protected static void stopServer() throws IOException {
        if (admin != null) {
            admin.close();
        }
        if (server != null) {
            server.close();
        }
        admin = null;
        server = null;
    }
}
