package io.greenfinch.gateway.chat;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.MimeTypes;

/** Media types and extensions of files. */
public final class FileTypes {

    /** What nobody knows more of. */
    public static final String BYTES = "application/octet-stream";

    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";

    /** Of what phones send, where they give no name. */
    private static final Map<String, String> EXTENSIONS = Map.ofEntries(
            Map.entry("image/jpeg", ".jpg"),
            Map.entry("image/png", ".png"),
            Map.entry("image/webp", ".webp"),
            Map.entry("image/gif", ".gif"),
            Map.entry("video/mp4", ".mp4"),
            Map.entry("video/3gpp", ".3gp"),
            Map.entry("video/quicktime", ".mov"),
            Map.entry("audio/ogg", ".oga"),
            Map.entry("audio/mpeg", ".mp3"),
            Map.entry("audio/mp4", ".m4a"),
            Map.entry("audio/aac", ".aac"),
            Map.entry("audio/amr", ".amr"),
            Map.entry("application/pdf", ".pdf"),
            Map.entry("text/plain", ".txt"));

    /** What extensions stand for where Jetty's table says nothing, or nothing that phones understand. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("oga", "audio/ogg; codecs=opus"),
            Map.entry("ogg", "audio/ogg; codecs=opus"),
            Map.entry("opus", "audio/ogg; codecs=opus"),
            Map.entry("m4a", "audio/mp4"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("aac", "audio/aac"),
            Map.entry("amr", "audio/amr"),
            Map.entry("wav", "audio/wav"),
            Map.entry("webp", "image/webp"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("3gp", "video/3gpp"),
            Map.entry("mov", "video/quicktime"),
            Map.entry("docx", OFFICE + "wordprocessingml.document"),
            Map.entry("xlsx", OFFICE + "spreadsheetml.sheet"),
            Map.entry("pptx", OFFICE + "presentationml.presentation"));

    /** What browsers may show of what somebody else has written: nothing in it can run. */
    private static final Set<String> HARMLESS = Set.of(
            "image/jpeg",
            "image/png",
            "image/webp",
            "image/gif",
            "video/mp4",
            "video/3gpp",
            "video/quicktime",
            "audio/ogg",
            "audio/mpeg",
            "audio/mp4",
            "audio/aac",
            "audio/amr",
            "audio/wav",
            "application/pdf");

    private FileTypes() {}

    /** The last part of a name, in small letters; empty where there is none. */
    public static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** The media type of a file by its name. */
    public static String ofName(String name) {
        String ending = ending(name);
        String known = TYPES.get(ending);
        if (known != null) {
            return known;
        }
        String type = ending.isEmpty() ? null : MimeTypes.DEFAULTS.getMimeForExtension(ending);
        return type == null ? BYTES : type;
    }

    /** What a name of this type ends with, with its dot; empty where nobody knows. */
    public static String extension(String type) {
        return EXTENSIONS.getOrDefault(plain(type), "");
    }

    /** The type under which it may be shown; bytes, where something in it could run. */
    public static String shown(String type) {
        String plain = plain(type);
        return HARMLESS.contains(plain) ? plain : BYTES;
    }

    private static String plain(String type) {
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
