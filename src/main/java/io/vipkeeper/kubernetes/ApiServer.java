package io.vipkeeper.kubernetes;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Where an API server is dialled, and under which name its certificate is checked.
 *
 * @param address what the socket connects to, never a name and never the virtual IP
 * @param name the host of the request, which the certificate must be for
 * @param path prefix of every request, without a slash at its end; usually empty
 */
record ApiServer(boolean tls, InetAddress address, int port, String name, String path) {

    /** For example {@code https://127.0.0.1:6443}. */
    @Override
    public String toString() {
        String host = address.getHostAddress();
        return (tls ? "https://" : "http://")
                + (address instanceof Inet6Address ? "[" + host + "]" : host)
                + ":"
                + port
                + path;
    }
}
