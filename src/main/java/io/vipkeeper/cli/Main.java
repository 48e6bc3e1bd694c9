package io.vipkeeper.cli;

import io.quarkus.runtime.annotations.QuarkusMain;

/** The program's entry. Commands are dispatched before Quarkus starts, so that only {@code manager} pays for it. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(VipkeeperCommand.commandLine(System.getenv()).execute(args));
    }
}
