package io.vipkeeper.demo.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import io.vipkeeper.demo.lab.LabException;
import io.vipkeeper.demo.lab.Shell;

/** A certificate authority in a directory, through {@code openssl}; keys as kubeadm makes them, RSA with 2048 bits. */
final class Certificates {
    private final Path directory;

    private Certificates(Path directory) {
        this.directory = directory;
    }

    /** kubeadm's. */
    static final int DAYS = 365;

    private static final int AUTHORITY_DAYS = 3650;

    static Certificates create(Path directory) {
        Certificates made = new Certificates(directory);
        openssl(List.of(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                Integer.toString(AUTHORITY_DAYS),
                "-subj",
                "/CN=kubernetes",
                "-keyout",
                made.path("ca.key"),
                "-out",
                made.path("ca.crt")));
        openssl(List.of("genrsa", "-out", made.path("sa.key"), "2048"));
        openssl(List.of("rsa", "-in", made.path("sa.key"), "-pubout", "-out", made.path("sa.pub")));
        return made;
    }

    /** @param names subjectAltName entries such as {@code DNS:kubernetes} */
    void server(String name, List<String> names) {
        issue(
                name,
                "/CN=kube-apiserver",
                DAYS,
                List.of("subjectAltName=" + String.join(",", names), "extendedKeyUsage=serverAuth"));
    }

    /** @param subject such as {@code /O=system:masters/CN=admin} */
    void client(String name, String subject, int days) {
        issue(name, subject, days, List.of("extendedKeyUsage=clientAuth"));
        // kubeadm writes keys in the older form, so the programs under test shall read that one.
        openssl(List.of("rsa", "-traditional", "-in", path(name + ".key"), "-out", path(name + ".key")));
    }

    private void issue(String name, String subject, int days, List<String> extensions) {
        List<String> arguments = new ArrayList<>(List.of(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                Integer.toString(days),
                "-CA",
                path("ca.crt"),
                "-CAkey",
                path("ca.key"),
                "-subj",
                subject,
                "-keyout",
                path(name + ".key"),
                "-out",
                path(name + ".crt")));
        arguments.addAll(List.of("-addext", "basicConstraints=critical,CA:false"));
        for (String extension : extensions) {
            arguments.addAll(List.of("-addext", extension));
        }
        openssl(arguments);
    }

    String path(String file) {
        return directory.resolve(file).toString();
    }

    /** The file's content as a kubeconfig carries it. */
    String base64(String file) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(directory.resolve(file)));
        } catch (IOException e) {
            throw new LabException("the certificate " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void openssl(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(arguments);
        Shell.run(command);
    }
}
