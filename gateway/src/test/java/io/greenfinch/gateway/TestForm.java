package io.greenfinch.gateway;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** A {@code multipart/form-data} body as clients send it, part by part. */
public final class TestForm {

    private final String boundary;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    public TestForm() {
        this("----test-boundary");
    }

    public TestForm(String boundary) {
        this.boundary = boundary;
    }

    public TestForm text(String name, String value) {
        return part("Content-Disposition: form-data; name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
    }

    public TestForm file(String name, String fileName, byte[] content) {
        return part(
                "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + fileName
                        + "\"\r\nContent-Type: image/jpeg",
                content);
    }

    /** A part with these header lines. */
    public TestForm part(String headers, byte[] content) {
        raw("--" + boundary + "\r\n" + headers + "\r\n\r\n");
        body.writeBytes(content);
        return raw("\r\n");
    }

    /** Bytes as they are. */
    public TestForm raw(String text) {
        body.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public String type() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /** Everything, closing delimiter included. */
    public byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(body.toByteArray());
        whole.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return whole.toByteArray();
    }

    public HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).header("Content-Type", type()).POST(BodyPublishers.ofByteArray(bytes()));
    }
}
