package io.vipkeeper.announce;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many frames of each form were handed to the kernel, and how many it did not take. Any thread may ask. */
public final class FrameCounters {
    private final Map<Form, LongAdder> sent = new EnumMap<>(Form.class);
    private final Map<Form, LongAdder> failed = new EnumMap<>(Form.class);

    public FrameCounters() {
        for (Form form : Form.values()) {
            sent.put(form, new LongAdder());
            failed.put(form, new LongAdder());
        }
    }

    void count(Form form, boolean taken) {
        (taken ? sent : failed).get(form).increment();
    }

    public long sent(Form form) {
        return sent.get(form).sum();
    }

    /** Refused by the kernel, or not made at all for want of an Ethernet interface. */
    public long failed(Form form) {
        return failed.get(form).sum();
    }
}
