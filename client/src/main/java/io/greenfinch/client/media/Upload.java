package io.greenfinch.client.media;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.media.MediaCipher;
import io.greenfinch.protocol.media.MediaDigest;
import io.greenfinch.protocol.media.MediaKeys;
import io.greenfinch.protocol.media.MediaKind;
import io.greenfinch.protocol.message.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A file on its way to a media host, encrypted (specification §20.3). For one thread.
 *
 * @param blob what is stored
 */
record Upload(MediaKind kind, Path blob, byte[] mediaKey, MediaDigest digest, Instant since) {

    /** The permit has ended. */
    static final Outcome<StoredMedia> NOT_PERMITTED = new Outcome.Refused<>(Refusal.NOT_ALLOWED, 401);

    private static final int LONGEST_URL = 4096;
    private static final JsonFactory JSON = new JsonFactory();

    /** Encrypts a file. */
    static Upload of(Media.Content file, MediaKind kind, Path blob, SecureRandom random, Instant now)
            throws IOException {
        byte[] mediaKey = MediaKeys.generate(random);
        try (InputStream from = file.open();
                OutputStream to = Files.newOutputStream(blob)) {
            return new Upload(
                    kind, blob, mediaKey, MediaCipher.encrypt(MediaKeys.derive(mediaKey, kind), from, to), now);
        }
    }

    /** Stores it at the first host that takes it. */
    Outcome<StoredMedia> to(MediaServer server, Outcome<MediaHosts> told, Wire wire, Instant deadline)
            throws IOException {
        if (!(told instanceof Outcome.Done<MediaHosts>(MediaHosts hosts))) {
            return told.instead();
        }
        Outcome<StoredMedia> outcome = new Outcome.Unknown<>(Silence.NOT_SENT);
        for (String host : server.distinct(hosts.names())) {
            Duration left = Duration.between(wire.clock().instant(), deadline);
            if (left.isPositive()) {
                outcome = to(server, host, hosts.permit(), left);
                if (!(outcome instanceof Outcome.Unknown<StoredMedia>)) {
                    return outcome;
                }
            }
        }
        return outcome;
    }

    private Outcome<StoredMedia> to(MediaServer server, String host, String permit, Duration patience)
            throws IOException {
        try (MediaServer.Reply reply = server.post(host, path(permit), blob, patience)) {
            return switch (reply.status()) {
                case 200 -> stored(reply.shortBody());
                case 401, 403 -> NOT_PERMITTED;
                case 400, 413 -> new Outcome.Refused<>(Refusal.NOT_ACCEPTABLE, reply.status());
                case 429 -> new Outcome.Unknown<>(Silence.RATE_LIMITED);
                default -> new Outcome.Unknown<>(Silence.NOT_SENT);
            };
        } catch (TransferException e) {
            return new Outcome.Unknown<>(Silence.NOT_SENT);
        }
    }

    private String path(String permit) {
        String token = Base64.getUrlEncoder().encodeToString(digest.encryptedSha256());
        return "/mms/" + kind.path() + "/" + token + "?auth=" + encoded(permit) + "&token=" + encoded(token);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Outcome<StoredMedia> stored(byte[] answer) {
        Optional<StoredMedia> stored = read(answer);
        return stored.<Outcome<StoredMedia>>map(Outcome.Done::new)
                .orElseGet(() -> new Outcome.Unknown<>(Silence.NOT_SENT));
    }

    private Optional<StoredMedia> read(byte[] answer) {
        String url = "";
        String path = "";
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), answer)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING && name.equals("url")) {
                    url = parser.getString();
                } else if (value == JsonToken.VALUE_STRING && name.equals("direct_path")) {
                    path = parser.getString();
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            return Optional.empty();
        }
        return MediaReference.isPath(path) && url.length() <= LONGEST_URL
                ? Optional.of(new StoredMedia(
                        new FileContent(
                                kind, url, path, mediaKey, digest.sha256(), digest.encryptedSha256(), digest.length()),
                        since))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "Upload[" + kind + "]";
    }
}
