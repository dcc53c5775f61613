package io.greenfinch.gateway.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How long a sound or a film plays, and how large a film is, where its file says so: Ogg with Opus (RFC 7845), RIFF WAVE, and the
 * family of MP4 (ISO 14496-12). Nothing is decoded. Immutable.
 *
 * @param seconds 0 where it is not known, as the others
 */
public record Recording(int seconds, int width, int height) {

    private static final Recording UNKNOWN = new Recording(0, 0, 0);
    private static final int TAIL = 128 * 1024;
    private static final int OPUS_RATE = 48_000;
    private static final int LONGEST_MOVIE_HEADER = 8 << 20;
    private static final int MOST_BOXES = 1000;

    /** More than a day is no recording that phones show. */
    private static final long LONGEST = 86_400;

    /** Of a file; nothing is known where it is of another kind, or broken, or can't be read. */
    public static Recording of(Path file) {
        try {
            return read(file);
        } catch (IOException e) {
            return UNKNOWN; // who reads it next says so
        }
    }

    private static Recording read(Path file) throws IOException {
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer start = read(content, 0, 64);
            if (is(start, 0, "OggS")) {
                return new Recording(ogg(content), 0, 0);
            }
            if (is(start, 0, "RIFF") && is(start, 8, "WAVE")) {
                return new Recording(wave(content), 0, 0);
            }
            return is(start, 4, "ftyp") ? movie(content) : UNKNOWN;
        }
    }

    private static boolean is(ByteBuffer bytes, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= bytes.limit() || bytes.get(at + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Some bytes of a file, fewer at its end. */
    private static ByteBuffer read(FileChannel content, long from, int most) throws IOException {
        int count = Math.clamp(content.size() - from, 0, most);
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining() && content.read(bytes, from + bytes.position()) >= 0) {
            // until all of them are there
        }
        return bytes.flip();
    }

    private static int seconds(long units, long rate) {
        if (rate <= 0 || units <= 0) {
            return 0;
        }
        long seconds = Math.max((units + rate / 2) / rate, 1);
        return units + rate / 2 < 0 || seconds > LONGEST ? 0 : (int) seconds;
    }

    /** The position at the end of the last page, less what is played before the beginning. */
    private static int ogg(FileChannel content) throws IOException {
        ByteBuffer head = read(content, 0, 64).order(ByteOrder.LITTLE_ENDIAN);
        if (!is(head, 28, "OpusHead") || head.limit() < 40) {
            return 0;
        }
        int skipped = head.getShort(38) & 0xFFFF;
        ByteBuffer tail =
                read(content, Math.max(0, content.size() - TAIL), TAIL).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = tail.limit() - 14; at >= 0; at--) {
            if (is(tail, at, "OggS")) {
                return seconds(tail.getLong(at + 6) - skipped, OPUS_RATE);
            }
        }
        return 0;
    }

    private static int wave(FileChannel content) throws IOException {
        long rate = 0;
        long at = 12;
        for (int i = 0; i < MOST_BOXES && at + 8 <= content.size(); i++) {
            ByteBuffer chunk = read(content, at, 20).order(ByteOrder.LITTLE_ENDIAN);
            long length = chunk.getInt(4) & 0xFFFF_FFFFL;
            if (is(chunk, 0, "fmt ") && chunk.limit() == 20) {
                rate = chunk.getInt(16) & 0xFFFF_FFFFL;
            } else if (is(chunk, 0, "data")) {
                return seconds(Math.min(length, content.size() - at - 8), rate);
            }
            at += 8 + length + (length & 1);
        }
        return 0;
    }

    private static Recording movie(FileChannel content) throws IOException {
        long at = 0;
        for (int i = 0; i < MOST_BOXES && at + 8 <= content.size(); i++) {
            ByteBuffer box = read(content, at, 16);
            long length = box.getInt(0) & 0xFFFF_FFFFL;
            int header = 8;
            if (length == 1 && box.limit() == 16) {
                length = box.getLong(8);
                header = 16;
            }
            if (is(box, 4, "moov") && length - header <= LONGEST_MOVIE_HEADER) {
                return movieHeader(read(content, at + header, (int) Math.max(0, length - header)));
            }
            if (length < header || at + length < at) {
                return UNKNOWN;
            }
            at += length;
        }
        return UNKNOWN;
    }

    /** What is in {@code moov}: {@code mvhd} tells the time, the {@code tkhd} of a film its size. */
    private static Recording movieHeader(ByteBuffer boxes) {
        int seconds = 0;
        int width = 0;
        int height = 0;
        for (int i = 0; i < MOST_BOXES && boxes.remaining() >= 8; i++) {
            int start = boxes.position();
            long length = boxes.getInt(start) & 0xFFFF_FFFFL;
            if (length < 8 || length > boxes.remaining()) {
                break;
            }
            ByteBuffer body = boxes.slice(start + 8, (int) length - 8);
            if (is(boxes, start + 4, "mvhd")) {
                seconds = movieTime(body);
            } else if (is(boxes, start + 4, "trak") && width == 0) {
                ByteBuffer track = child(boxes, start + 8, start + (int) length, "tkhd");
                if (track.remaining() >= 84) {
                    width = Math.clamp(track.getInt(track.limit() - 8) >>> 16, 0, 16_384);
                    height = Math.clamp(track.getInt(track.limit() - 4) >>> 16, 0, 16_384);
                }
            }
            boxes.position(start + (int) length);
        }
        return width > 0 && height > 0 ? new Recording(seconds, width, height) : new Recording(seconds, 0, 0);
    }

    private static int movieTime(ByteBuffer header) {
        boolean wide = header.remaining() > 0 && header.get(0) == 1;
        if (header.remaining() < (wide ? 32 : 20)) {
            return 0;
        }
        return wide
                ? seconds(header.getLong(24), header.getInt(20) & 0xFFFF_FFFFL)
                : seconds(header.getInt(16) & 0xFFFF_FFFFL, header.getInt(12) & 0xFFFF_FFFFL);
    }

    /** The body of the first box of a name in a part of others; empty when there is none. */
    private static ByteBuffer child(ByteBuffer boxes, int from, int to, String name) {
        int at = from;
        while (at + 8 <= to) {
            long length = boxes.getInt(at) & 0xFFFF_FFFFL;
            if (length < 8 || length > to - at) {
                break;
            }
            if (is(boxes, at + 4, name)) {
                return boxes.slice(at + 8, (int) length - 8);
            }
            at += (int) length;
        }
        return ByteBuffer.allocate(0);
    }
}
