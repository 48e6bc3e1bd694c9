/**
 * The Lease behind a Kubernetes API server: finding the server, asking it within a bound of time, watching it.
 *
 * <p>The requests are made with Vert.x's HTTP client and read with Jackson, both of which fabric8 brings, and not
 * through fabric8's own client. Only the former can dial 127.0.0.1 and check the certificate for another name (inside
 * Quarkus Vert.x resolves names with the JDK, so a private hosts table is not looked at), give up an exchange at any
 * point, and bound an answer's size; and a first request need not wait for the classes of fabric8's model.
 */
package io.vipkeeper.kubernetes;
