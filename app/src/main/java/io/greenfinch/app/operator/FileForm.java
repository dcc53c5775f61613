package io.greenfinch.app.operator;

import io.greenfinch.app.cli.UsageException;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A form with texts and one file, which is read while it is sent (RFC 7578). */
final class FileForm {

    /** Longer than anything that a file would have by chance. */
    static final String BOUNDARY = "----greenfinch-7d1f0c5e9b3a4f628a41c0de";

    private FileForm() {}

    static BodyPublisher of(Map<String, String> fields, Path file) {
        StringBuilder head = new StringBuilder();
        fields.forEach((name, value) -> head.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
        head.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n");
        try {
            return BodyPublishers.concat(
                    BodyPublishers.ofString(head.toString(), StandardCharsets.UTF_8),
                    BodyPublishers.ofFile(file),
                    BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n"));
        } catch (FileNotFoundException e) {
            throw new UsageException("There is no file " + file + ".");
        }
    }
}
