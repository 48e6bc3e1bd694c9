package io.vipkeeper.e2e.recording;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.vipkeeper.e2e.history.Recorded;

/** Reads a capture as {@code tcpdump --time-stamp-precision=nano -w} writes it. A broken last packet is left out. */
final class FrameFile {
    private static final int MAGIC_NANOS = 0xa1b23c4d;
    private static final int ETHERNET = 1;
    private static final int FILE_HEADER = 24;
    private static final int PACKET_HEADER = 16;
    private static final int LARGEST = 1 << 18;

    private FrameFile() {}

    /** @throws IOException also for a file of another format */
    static List<Recorded.Frame> read(Path file, FrameReader reader) throws IOException {
        List<Recorded.Frame> frames = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            ByteBuffer header = littleEndian(in, FILE_HEADER);
            if (header.remaining() < FILE_HEADER || header.getInt(0) != MAGIC_NANOS || header.getInt(20) != ETHERNET) {
                throw new IOException(file + " is no capture of Ethernet frames with nanoseconds");
            }
            while (true) {
                ByteBuffer packet = littleEndian(in, PACKET_HEADER);
                int length = packet.remaining() < PACKET_HEADER ? -1 : packet.getInt(8);
                if (length < 0 || length > LARGEST) {
                    return frames;
                }
                byte[] frame = in.readNBytes(length);
                if (frame.length < length) {
                    return frames;
                }
                long time = Integer.toUnsignedLong(packet.getInt(0)) * 1_000_000_000 + packet.getInt(4);
                reader.read(time, frame).ifPresent(frames::add);
            }
        }
    }

    private static ByteBuffer littleEndian(DataInputStream in, int length) throws IOException {
        return ByteBuffer.wrap(in.readNBytes(length)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
