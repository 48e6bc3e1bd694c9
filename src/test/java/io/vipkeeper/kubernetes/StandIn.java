package io.vipkeeper.kubernetes;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A stand-in for an API server on 127.0.0.1 that answers byte by byte what the test says, however wrong. */
public final class StandIn implements AutoCloseable {

    public record Request(String method, String target, Map<String, String> headers, String body) {}

    /** Answers one request; the connection stays open for the next unless it closes it or throws. */
    public interface Script {
        void answer(Request request, Answer answer) throws IOException, InterruptedException;
    }

    public final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ServerSocket listener;
    private final Script script;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final java.util.Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private StandIn(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
        Thread.ofPlatform().daemon().name("stand-in").start(this::accept);
    }

    public static StandIn plain(Script script) throws IOException {
        return new StandIn(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), script);
    }

    public static StandIn tls(TestCertificate certificate, Script script) throws Exception {
        return new StandIn(
                certificate
                        .serverContext()
                        .getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1")),
                script);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public int connections() {
        return sockets.size();
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Request request = request(in); request != null; request = request(in)) {
                requests.add(request);
                script.answer(request, new Answer(socket, closed));
            }
        } catch (IOException | InterruptedException e) {
            // A client that hangs up is what half of the tests are about.
        }
        sockets.remove(socket);
    }

    private static Request request(InputStream in) throws IOException {
        String first = line(in);
        if (first == null || first.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        String[] words = first.split(" ");
        return new Request(words[0], words[1], headers, body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** What a script may do with a connection. */
    public record Answer(Socket socket, CountDownLatch closed) {
        public void raw(String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        public void json(int status, String body) throws IOException {
            raw("HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
        }

        /** A Kubernetes {@code Status} as refusals have it. */
        public void status(int code, String reason, String message) throws IOException {
            json(code, """
                    {"kind":"Status","apiVersion":"v1","status":"Failure","message":"%s","reason":"%s","code":%d}""".formatted(message, reason, code));
        }

        public void streamHead() throws IOException {
            raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        public void streamLine(String line) throws IOException {
            raw(Integer.toHexString(line.getBytes(StandardCharsets.UTF_8).length + 1) + "\r\n" + line + "\n\r\n");
        }

        public void streamEnd() throws IOException {
            raw("0\r\n\r\n");
        }

        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Waits, or less when the test is over. */
        public void pause(long millis) throws InterruptedException, IOException {
            if (closed.await(millis, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                throw new IOException("over");
            }
        }

        public void hang() throws InterruptedException {
            closed.await();
        }
    }
}
