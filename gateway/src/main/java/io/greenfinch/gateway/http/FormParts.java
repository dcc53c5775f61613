package io.greenfinch.gateway.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Takes the parts of a form as Jetty's parser finds them. Not thread-safe. */
final class FormParts extends MultiPart.AbstractPartsListener implements AutoCloseable {

    private static final int MAX_NAME = 256;

    private final Map<String, Long> limits;
    private final Uploads uploads;
    private final ObjectNode fields = Json.object();
    private final Map<String, UploadedFile> files = new LinkedHashMap<>();
    private final TreeMap<String, byte[]> digests = new TreeMap<>();
    private final MessageDigest digest = Bodies.sha256();
    private int textLength;
    private String type = "";
    private @Nullable ByteArrayOutputStream text;
    private @Nullable Path path;
    private @Nullable FileChannel file;
    private long size;
    private boolean complete;
    private boolean handedOver;
    private @Nullable FormBody refusal;
    private @Nullable IOException diskFailure;

    FormParts(Map<String, Long> limits, Uploads uploads) {
        this.limits = limits;
        this.uploads = uploads;
    }

    boolean wanted() {
        return refusal == null && diskFailure == null;
    }

    void tooLarge() {
        refuse(new FormBody.Incomplete(BodyPump.End.REFUSED));
    }

    private void refuse(FormBody why) {
        if (refusal == null) {
            refusal = why;
        }
    }

    /** Why the rest was not wanted. */
    FormBody refusal() {
        if (diskFailure != null) {
            throw new UncheckedIOException(diskFailure);
        }
        return Objects.requireNonNull(refusal);
    }

    /** What came of it, after the last byte. */
    FormBody whole() {
        if (!complete) {
            return new FormBody.Refused("bad request data");
        }
        MessageDigest all = Bodies.sha256();
        digests.values().forEach(all::update);
        handedOver = true;
        return new FormBody.Whole(fields, files, all.digest());
    }

    @Override
    public void onPartBegin() {
        type = "";
    }

    @Override
    public void onPartHeader(String name, String value) {
        super.onPartHeader(name, value);
        if (HttpHeader.CONTENT_TYPE.is(name)) {
            type = value;
        }
    }

    @Override
    public void onPartHeaders() {
        String name = getName();
        if (!wanted()) {
            return;
        }
        if (name == null || name.isEmpty() || name.length() > MAX_NAME) {
            refuse(new FormBody.Refused("bad request data"));
        } else if (fields.has(name)) {
            refuse(new FormBody.Refused(Fields.FAILED + "'" + Fields.shortened(name) + "' must be given only once"));
        } else if (limits.containsKey(name)) {
            size = 0;
            openFile();
        } else {
            text = new ByteArrayOutputStream();
        }
        digest.reset();
    }

    private void openFile() {
        try {
            path = uploads.freshFile();
            file = FileChannel.open(path, StandardOpenOption.WRITE);
        } catch (IOException e) {
            diskFailure = e;
        }
    }

    @Override
    public void onPartContent(Content.Chunk chunk) {
        if (!wanted()) {
            return;
        }
        ByteBuffer bytes = chunk.getByteBuffer().slice();
        digest.update(bytes.duplicate());
        if (text != null) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            textLength += copy.length;
            if (textLength > Bodies.MAX_BYTES) {
                tooLarge();
            } else {
                text.writeBytes(copy);
            }
        } else if (file != null) {
            write(file, bytes);
        }
    }

    private void write(FileChannel open, ByteBuffer bytes) {
        size += bytes.remaining();
        if (size > limits.getOrDefault(getName(), 0L)) {
            tooLarge();
            return;
        }
        try {
            while (bytes.hasRemaining()) {
                open.write(bytes);
            }
        } catch (IOException e) {
            diskFailure = e;
        }
    }

    @Override
    public void onPart(String name, @Nullable String fileName, HttpFields headers) {
        if (!wanted()) {
            return;
        }
        String called = lastSegment(fileName == null ? "" : fileName);
        if (text != null) {
            fields.put(name, text.toString(StandardCharsets.UTF_8));
            text = null;
        } else if (file != null && path != null) {
            closeFile();
            fields.put(name, size);
            files.put(name, new UploadedFile(called, type, size, path));
            path = null;
        }
        byte[] content = digest.digest();
        digest.update((name + "\0" + called + "\0").getBytes(StandardCharsets.UTF_8));
        digests.put(name, digest.digest(content));
    }

    /** Some clients send the path on their own disk. */
    private static String lastSegment(String fileName) {
        String name = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    }

    private void closeFile() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            diskFailure = e;
        }
        file = null;
    }

    @Override
    public void onComplete() {
        complete = true;
    }

    @Override
    public void onFailure(Throwable failure) {
        refuse(new FormBody.Refused("bad request data"));
    }

    /** Deletes everything that was not handed over. */
    @Override
    public void close() {
        closeFile();
        try {
            if (path != null) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            diskFailure = e;
        }
        if (!handedOver) {
            new FormBody.Whole(fields, files, new byte[0]).discard();
        }
    }
}
