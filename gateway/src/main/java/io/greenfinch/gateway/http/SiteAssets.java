package io.greenfinch.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The style sheets and scripts of a site, its own and those of kept libraries, out of this program. Thread-safe. */
public final class SiteAssets {

    /** Where the files of WebJars are. */
    public static final String WEBJARS = "/META-INF/resources/webjars/";

    private static final String FOLDER = "assets";

    private final Class<?> owner;
    private final Map<String, String> files;
    private final Map<String, SoftReference<byte[]>> read = new ConcurrentHashMap<>();
    private @Nullable String path;

    /**
     * The files of a site.
     *
     * @param owner beside whom its own files are
     * @param files where each is, by the name under which it is served, which ends in {@code .css} or {@code .js}
     */
    public SiteAssets(Class<?> owner, Map<String, String> files) {
        this.owner = owner;
        this.files = Map.copyOf(files);
    }

    /** Where they are below the site: elsewhere after each change of one, for browsers keep them. */
    public synchronized String path() {
        String known = path;
        if (known == null) {
            known = "/" + FOLDER + "/" + digest();
            path = known;
        }
        return known;
    }

    private String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.values().stream().sorted().forEach(resource -> digest.update(bytes(resource)));
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-256", e);
        }
    }

    /** The file that is asked for; not found where a file of this site would be, and is not; empty for anything else. */
    public Optional<SiteReply> find(Visit visit) {
        if (visit.path().size() != 3 || !visit.path().getFirst().equals(FOLDER)) {
            return Optional.empty();
        }
        String name = visit.path().getLast();
        String resource = files.get(name);
        if (resource == null) {
            return Optional.of(new SiteReply.Page(404, ""));
        }
        String type = name.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
        return Optional.of(new SiteReply.Asset(type, bytes(resource)));
    }

    /** One copy for all who are sent it, as long as there is memory for it. */
    private byte[] bytes(String resource) {
        SoftReference<byte[]> held = read.get(resource);
        byte[] known = held == null ? null : held.get();
        if (known == null) {
            known = load(resource);
            read.put(resource, new SoftReference<>(known));
        }
        return known;
    }

    private byte[] load(String resource) {
        try (InputStream in = owner.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + resource + " in this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
