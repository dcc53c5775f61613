package io.greenfinch.gateway.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
import org.eclipse.jetty.util.BufferUtil;
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
    private OutputStream content = OutputStream.nullOutputStream();

    /** Of the part that comes; of texts all together, for they share a limit. */
    private long size;

    private long texts;
    private boolean complete;
    private @Nullable FormBody refusal;

    FormParts(Map<String, Long> limits, Uploads uploads) {
        this.limits = limits;
        this.uploads = uploads;
    }

    boolean wanted() {
        return refusal == null;
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
        return Objects.requireNonNull(refusal);
    }

    /** What came of it, after the last byte. */
    FormBody whole() {
        if (!complete) {
            return new FormBody.Refused("bad request data");
        }
        MessageDigest all = Bodies.sha256();
        digests.values().forEach(all::update);
        FormBody whole = new FormBody.Whole(fields, Map.copyOf(files), all.digest());
        files.clear(); // they belong to somebody else now
        return whole;
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
            onDisk(() -> {
                Path path = uploads.freshFile();
                files.put(name, new UploadedFile("", "", 0, path));
                content = Files.newOutputStream(path, StandardOpenOption.WRITE);
            });
        } else {
            size = texts;
            content = new ByteArrayOutputStream();
        }
        digest.reset();
    }

    private void onDisk(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            refuse(new FormBody.NotKept(e));
        }
    }

    /** Something that the disk may refuse. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    @Override
    public void onPartContent(Content.Chunk chunk) {
        if (!wanted()) {
            return;
        }
        byte[] bytes = BufferUtil.toArray(chunk.getByteBuffer());
        digest.update(bytes);
        size += bytes.length;
        if (size > limits.getOrDefault(getName(), (long) Bodies.MAX_BYTES)) {
            tooLarge();
        } else {
            onDisk(() -> content.write(bytes));
        }
    }

    @Override
    public void onPart(String name, @Nullable String fileName, HttpFields headers) {
        if (!wanted()) {
            return;
        }
        String called = UploadedFile.lastSegment(fileName == null ? "" : fileName);
        if (content instanceof ByteArrayOutputStream text) {
            texts = size;
            byte[] bytes = text.toByteArray();
            // What is no text stays bytes, which no field takes.
            TextCoding.declared(headers.getLast(HttpHeader.CONTENT_TYPE))
                    .flatMap(coding -> coding.decode(bytes))
                    .ifPresentOrElse(read -> fields.put(name, read), () -> fields.put(name, bytes));
        } else {
            onDisk(content::close);
            fields.put(name, size);
            String type = Objects.requireNonNullElse(headers.getLast(HttpHeader.CONTENT_TYPE), "");
            files.computeIfPresent(name, (same, file) -> new UploadedFile(called, type, size, file.path()));
        }
        byte[] identity = digest.digest();
        digest.update((name + "\0" + called + "\0").getBytes(StandardCharsets.UTF_8));
        digests.put(name, digest.digest(identity));
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
        onDisk(content::close);
        new FormBody.Whole(fields, files, new byte[0]).discard();
    }
}
