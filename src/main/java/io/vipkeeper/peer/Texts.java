package io.vipkeeper.peer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Names as they may stand in a datagram: printable ASCII without spaces, one byte of length before them. */
final class Texts {
    /** The longest DNS name, which a Node's name is. */
    static final int LONGEST_NODE = 253;

    /** A UUID in its usual form. */
    static final int LONGEST_PROCESS = 36;

    private Texts() {}

    static boolean isNode(String text) {
        return isSound(text, LONGEST_NODE);
    }

    static boolean isProcess(String text) {
        return isSound(text, LONGEST_PROCESS);
    }

    static void put(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        out.put((byte) bytes.length).put(bytes);
    }

    /** Empty when the buffer ends too early; what it says is not checked. */
    static Optional<String> get(ByteBuffer in) {
        if (!in.hasRemaining()) {
            return Optional.empty();
        }
        int length = Byte.toUnsignedInt(in.get());
        if (length > in.remaining()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static boolean isSound(String text, int longest) {
        return !text.isEmpty()
                && text.length() <= longest
                && text.chars().allMatch(character -> character > ' ' && character < 0x7f);
    }
}
