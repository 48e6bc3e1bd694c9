package io.vipkeeper.announce;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs the few instructions of classic BPF that the filter uses as the kernel does ({@code linux/filter.h}). */
final class ClassicBpf {
    static final int BROADCAST = 1;
    static final int OUTGOING = 4;

    private final ByteBuffer program;

    ClassicBpf(byte[] program) {
        this.program = ByteBuffer.wrap(program).order(ByteOrder.nativeOrder());
    }

    boolean accepts(byte[] frame, int packetType, boolean vlan) {
        int accumulator = 0;
        int at = 0;
        while (true) {
            int offset = 8 * at;
            int code = program.getShort(offset);
            int operand = program.getInt(offset + 4);
            at++;
            switch (code) {
                case 0x05 -> at += operand;
                case 0x06 -> {
                    return operand != 0;
                }
                case 0x15 -> at += Byte.toUnsignedInt(program.get(offset + (accumulator == operand ? 2 : 3)));
                case 0x20, 0x28, 0x30 -> {
                    int width = code == 0x20 ? 4 : code == 0x28 ? 2 : 1;
                    if (operand == -0x1000 + 4) {
                        accumulator = packetType;
                    } else if (operand == -0x1000 + 48) {
                        accumulator = vlan ? 1 : 0;
                    } else if (operand < 0 || operand + width > frame.length) {
                        return false;
                    } else {
                        accumulator = load(frame, operand, width);
                    }
                }
                default -> throw new AssertionError("instruction " + code);
            }
        }
    }

    private static int load(byte[] frame, int offset, int width) {
        int value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | Byte.toUnsignedInt(frame[offset + i]);
        }
        return value;
    }
}
