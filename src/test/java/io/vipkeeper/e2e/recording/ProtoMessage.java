package io.vipkeeper.e2e.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A protobuf message without its schema; of a field that repeats, the last. */
final class ProtoMessage {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final Map<Integer, Long> numbers = new HashMap<>();
    private final Map<Integer, byte[]> values = new HashMap<>();

    private ProtoMessage() {}

    static ProtoMessage of(byte[] bytes, int offset) throws IOException {
        ProtoMessage message = new ProtoMessage();
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, bytes.length - offset);
        while (in.hasRemaining()) {
            int key = (int) varint(in);
            switch (key & 7) {
                case VARINT -> message.numbers.put(key >>> 3, varint(in));
                case FIXED64 -> take(in, 8);
                case BYTES -> message.values.put(key >>> 3, take(in, varint(in)));
                case FIXED32 -> take(in, 4);
                default -> throw new IOException("no protobuf: wire type " + (key & 7));
            }
        }
        return message;
    }

    private static long varint(ByteBuffer in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64 && in.hasRemaining(); shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("no protobuf: a number without an end");
    }

    private static byte[] take(ByteBuffer in, long length) throws IOException {
        if (length < 0 || length > in.remaining()) {
            throw new IOException("no protobuf: a field longer than its message");
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }

    /** An empty message if there is none. */
    ProtoMessage message(int field) throws IOException {
        return of(values.getOrDefault(field, new byte[0]), 0);
    }

    String text(int field) {
        return new String(values.getOrDefault(field, new byte[0]), StandardCharsets.UTF_8);
    }

    long number(int field) {
        return numbers.getOrDefault(field, 0L);
    }
}
