package io.vipkeeper.demo.lab;

import java.util.List;
import java.util.Map;

/** The program that keeps the VIP on a node: vipkeeper itself, or another to compare with. */
public interface LabProgram {

    /** The name for tables and logs. */
    String name();

    /** Called before each start on that node; may write files to {@link LabNode#directory}. */
    List<String> command(LabNode node);

    Map<String, String> environment(LabNode node);

    /** Whether the first node takes the VIP back whenever it can. */
    default boolean preempts() {
        return false;
    }
}
