package io.greenfinch.gateway.media;

import io.greenfinch.gateway.file.FileLinks;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.http.UploadedFile;

/** The file that callers bring (green-api.md §5.3, §5.5). */
public final class FileField {

    /** Whatever it is, up to what WhatsApp takes. */
    public static final Field<UploadedFile> FILE = Field.required(
            "file",
            FieldType.file(
                    FileLinks.LARGEST,
                    Shape.TEXT
                            .with("contentMediaType", Json.of("application/octet-stream"))
                            .named("File")));

    private FileField() {}
}
