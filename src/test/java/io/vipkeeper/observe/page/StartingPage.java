package io.vipkeeper.observe.page;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.observe.KeeperView;
import io.vipkeeper.observe.Statuses;
import io.vipkeeper.observe.moves.FlightRecorder;
import io.vipkeeper.observe.moves.HolderHistory;
import io.vipkeeper.observe.status.Background;
import io.vipkeeper.observe.status.Lately;
import io.vipkeeper.observe.status.RequestTimes;
import io.vipkeeper.observe.status.StatusDocument;

/** The page of a keeper that makes its first step when it is told to, in a process of its own. */
public final class StartingPage {
    private static final int PORT = 2199;

    public static final String URL = "http://127.0.0.1:" + PORT + "/";

    private StartingPage() {}

    /** What starts it. */
    public static List<String> command() {
        return List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                StartingPage.class.getName());
    }

    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        PageEndpoint endpoint = new PageEndpoint(vertx);
        Router router = Router.router(vertx);
        endpoint.join(router);
        router.get("/begin").handler(context -> {
            endpoint.show(document(context.request().query(), () -> Statuses.holder(0)));
            context.response().end();
        });
        vertx.createHttpServer().requestHandler(router).listen(PORT, "127.0.0.1");
    }

    /** Of cp-1. */
    static StatusDocument document(String version, Supplier<KeeperStatus> status) {
        KeeperView view = new KeeperView();
        view.show(status, () -> 0, () -> 0);
        return new StatusDocument(
                        new StatusDocument.Instance("cp-1", version, "kube-system/plndr-cp-lock", "eth0"),
                        view,
                        new FlightRecorder(InstantSource.system(), (stage, nanos) -> {}),
                        new Lately(),
                        () -> "nftables",
                        Optional::empty)
                .with(new Background(
                        new HolderHistory(InstantSource.system()),
                        new RequestTimes(),
                        Map.of("vip_leaseduration", "15")));
    }
}
