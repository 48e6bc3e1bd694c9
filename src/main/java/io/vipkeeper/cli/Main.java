package io.vipkeeper.cli;

import io.quarkus.runtime.annotations.QuarkusMain;

@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(0);
    }
}
