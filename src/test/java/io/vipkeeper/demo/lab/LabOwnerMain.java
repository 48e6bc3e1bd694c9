package io.vipkeeper.demo.lab;

import java.util.List;

/** A process with a lab of its own, for a test to end in an unfriendly way. */
public final class LabOwnerMain {
    private LabOwnerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            Lab lab = Lab.open(new LabPlan(2, false));
            lab.startOnClient("sleeper", List.of("sleep", "600"));
            System.out.println(lab.directory());
            Thread.sleep(600_000);
        } catch (LabException e) {
            System.out.println(e.getMessage());
        }
    }
}
