package io.greenfinch.gateway.preview;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.ByteString;
import io.greenfinch.gateway.http.Uploads;
import io.greenfinch.gateway.media.UrlFile;
import io.greenfinch.gateway.picture.PictureStudio;
import io.greenfinch.gateway.picture.Thumbnail;
import io.greenfinch.gateway.store.FileFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.internal.StringUtil;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.ParseSettings;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Finds out what to show of links: what pages say of themselves (Open Graph, or title and description), or what the caller says. Whatever
 * can't be had is left out, and no message waits for long. Thread-safe; blocks.
 *
 * @param places where pages and pictures lie meanwhile
 * @param known what was found out lately, also that there is nothing to show: many are often sent the same
 */
public record PreviewMaker(
        UrlFile urls, PictureStudio studio, Uploads places, Clock clock, Cache<String, Optional<LinkPreview>> known) {

    private static final Logger log = LoggerFactory.getLogger(PreviewMaker.class);

    /** For page and picture together. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** What a page says of itself stands at its beginning. */
    private static final int LONGEST_PAGE = 128 * 1024;

    /** Of a page, or a picture. */
    private static final long LARGEST = 8L << 20;

    /** What is known together weighs so much, in bytes of pictures and some for each. */
    private static final long MOST_KNOWN = 4L << 20;

    private static final int EACH_KNOWN = 4096;
    private static final Duration KNOWN = Duration.ofMinutes(10);
    private static final int LONGEST_TITLE = 300;
    private static final int LONGEST_DESCRIPTION = 1000;
    private static final int LARGEST_THUMBNAIL = 32 * 1024;

    /** Of a large picture's longer side, in pixels. */
    private static final int LARGE_SIDE = 800;

    private static final int LARGEST_PICTURE = 512 * 1024;
    private static final Pictures NO_PICTURE = new Pictures(ByteString.EMPTY, Optional.empty());

    /** One picture in its sizes. */
    private record Pictures(ByteString small, Optional<Thumbnail> large) {}

    /** Ready for use. */
    public PreviewMaker(UrlFile urls, PictureStudio studio, Uploads places, Clock clock) {
        this(
                urls,
                studio,
                places,
                clock,
                Caffeine.newBuilder()
                        .maximumWeight(MOST_KNOWN)
                        .weigher((String key, Optional<LinkPreview> preview) -> weight(preview))
                        .expireAfterWrite(KNOWN)
                        .build());
    }

    private static int weight(Optional<LinkPreview> preview) {
        return EACH_KNOWN
                + preview.map(known -> known.jpeg().size()
                                + known.large()
                                        .map(picture -> picture.jpeg().length)
                                        .orElse(0))
                        .orElse(0);
    }

    /** What to show; empty when there is nothing to show. */
    public Optional<LinkPreview> make(PreviewWish wish) {
        try {
            Instant deadline = clock.instant().plus(PATIENCE);
            return wish.custom().isPresent()
                    ? said(wish, wish.custom().get(), deadline)
                    : known.get((wish.large() ? "large " : "small ") + wish.link(), key -> found(wish, deadline));
        } catch (RuntimeException | StackOverflowError e) {
            log.warn("A link has no preview: {}", e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private Optional<LinkPreview> said(PreviewWish wish, JsonNode own, Instant deadline) {
        Optional<ByteString> small = Optional.of(own.path("jpegThumbnail").asString(""))
                .filter(text -> !text.isEmpty())
                .flatMap(PreviewMaker::decoded);
        Pictures pictures = Optional.of(own.path("urlFile").asString(""))
                .filter(url -> !url.isEmpty() && (small.isEmpty() || wish.large()))
                .map(url -> pictures(url, wish.large(), deadline))
                .orElse(NO_PICTURE);
        return Optional.of(new LinkPreview(
                wish.link(),
                shortened(own.path("title").asString(""), LONGEST_TITLE),
                shortened(own.path("description").asString(""), LONGEST_DESCRIPTION),
                small.orElse(pictures.small),
                pictures.large));
    }

    private static Optional<ByteString> decoded(String base64) {
        try {
            return Optional.of(ByteString.copyFrom(Base64.getDecoder().decode(base64)))
                    .filter(bytes -> bytes.size() <= LARGEST_THUMBNAIL);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<LinkPreview> found(PreviewWish wish, Instant deadline) {
        Optional<Document> page = fetched(wish.link(), deadline, this::parsed);
        if (page.isEmpty()) {
            return Optional.empty();
        }
        String title = first(page.get(), "meta[property=og:title]", "meta[name=twitter:title]")
                .orElseGet(() -> Optional.ofNullable(page.get().selectFirst("title"))
                        .map(Element::text)
                        .orElse(""));
        if (title.isBlank()) {
            return Optional.empty();
        }
        String description = first(
                        page.get(),
                        "meta[property=og:description]",
                        "meta[name=description]",
                        "meta[name=twitter:description]")
                .orElse("");
        Pictures pictures = first(page.get(), "meta[property=og:image]", "meta[name=twitter:image]")
                .map(image -> pictures(absolute(page.get(), image), wish.large(), deadline))
                .orElse(NO_PICTURE);
        return Optional.of(new LinkPreview(
                wish.link(),
                shortened(title, LONGEST_TITLE),
                shortened(description, LONGEST_DESCRIPTION),
                pictures.small,
                pictures.large));
    }

    private static Optional<String> first(Document page, String... places) {
        return Stream.of(places)
                .flatMap(place -> page.select(place).stream())
                .map((Element meta) -> meta.attr("content").strip())
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static String absolute(Document page, String address) {
        return StringUtil.resolve(page.baseUri(), address);
    }

    private static String shortened(String text, int most) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= most
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, most) - 1)) + "…";
    }

    private Pictures pictures(String url, boolean large, Instant deadline) {
        return fetched(url, deadline, (file, type, address) -> {
                    Optional<ByteString> small = studio.thumbnail(file, left(deadline))
                            .map(Thumbnail::jpeg)
                            .filter(jpeg -> jpeg.length > 0 && jpeg.length <= LARGEST_THUMBNAIL)
                            .map(ByteString::copyFrom);
                    return Optional.of(new Pictures(
                            small.orElse(ByteString.EMPTY),
                            large && small.isPresent()
                                    ? studio.reduced(file, LARGE_SIDE, left(deadline))
                                            .filter(picture -> picture.jpeg().length <= LARGEST_PICTURE)
                                    : Optional.empty()));
                })
                .orElse(NO_PICTURE);
    }

    private Duration left(Instant deadline) {
        return Duration.between(clock.instant(), deadline);
    }

    /** Makes something of what was fetched. */
    private interface Reading<T> {
        Optional<T> of(Path file, String type, String address) throws IOException;
    }

    private <T> Optional<T> fetched(String url, Instant deadline, Reading<T> reading) {
        try {
            Path file = places.freshFile();
            try {
                return urls.fetch(url, file, LARGEST, deadline)
                                instanceof UrlFile.Result.Fetched(String type, String address)
                        ? reading.of(file, type, address)
                        : Optional.empty();
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            log.warn("What is shown of a link can't be kept for a moment: {}", FileFailure.withoutPath(e));
            return Optional.empty();
        }
    }

    private Optional<Document> parsed(Path file, String type, String address) throws IOException {
        if (!type.toLowerCase(Locale.ROOT).startsWith("text/html")) {
            return Optional.empty();
        }
        try (InputStream page = Files.newInputStream(file)) {
            byte[] start = page.readNBytes(LONGEST_PAGE);
            // As XML: what is left open in HTML is made again and again, and a page can make it cost any memory.
            Parser parser = Parser.xmlParser().settings(ParseSettings.htmlDefault);
            return Optional.of(Jsoup.parse(new ByteArrayInputStream(start), charset(type), address, parser));
        }
    }

    /** What the header says; else what the page itself says. */
    private static @Nullable String charset(String type) {
        int at = type.toLowerCase(Locale.ROOT).indexOf("charset=");
        String name =
                at < 0 ? "" : type.substring(at + 8).replaceAll("[\"; ].*", "").strip();
        return !name.isEmpty() && isCharset(name) ? name : null;
    }

    private static boolean isCharset(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
