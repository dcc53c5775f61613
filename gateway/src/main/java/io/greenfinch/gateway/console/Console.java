package io.greenfinch.gateway.console;

import io.greenfinch.gateway.http.LocalCalls;
import io.greenfinch.gateway.http.SiteReply;
import io.greenfinch.gateway.http.Visit;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.notification.EventLog;
import io.greenfinch.gateway.notification.Outbox;
import io.greenfinch.gateway.store.UnusableDataException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The console: who may see what, and which page is where. Everything that its pages do to an instance they do by the methods
 * of the API. Thread-safe; blocks as methods do.
 */
public final class Console {

    /** The first segment of all its paths. */
    public static final String ROOT = "console";

    /** Its cookie. */
    public static final String COOKIE = "greenfinch-console";

    private final Instances instances;
    private final Visitors visitors;
    private final Stage stage;
    private final Login login;
    private final Router router = new Router();
    private final Map<Language, Texts> texts = new ConcurrentHashMap<>();

    /**
     * What the console works with.
     *
     * @param partnerToken whether a text is the partner token, in constant time
     * @param node what is told of the process
     * @param backup writes a backup to a new file, which is then the caller's; fails with an {@link UnusableDataException}
     * @param simulator the admin interface of the simulator that stands for WhatsApp, if one does
     * @param apiUrl how callers reach the gateway
     */
    public record Parts(
            Instances instances,
            LocalCalls calls,
            Predicate<String> partnerToken,
            EventLog log,
            Outbox outbox,
            NodeFacts node,
            Supplier<Path> backup,
            Optional<URI> simulator,
            Supplier<URI> apiUrl,
            Clock clock,
            SecureRandom random) {}

    public Console(Parts parts) {
        instances = parts.instances();
        stage = new Stage(parts.apiUrl(), parts.simulator().isPresent());
        visitors = new Visitors(instances, parts.clock(), parts.random());
        login = new Login(instances, parts.partnerToken(), visitors, parts.clock());
        Methods methods = new Methods(parts.calls());
        new InstancePages(instances, parts.outbox(), parts.clock()).addTo(router);
        new LinkPages(methods, parts.clock()).addTo(router);
        new SettingPages(methods).addTo(router);
        new GroupPages(methods).addTo(router);
        new ChatPages(methods).addTo(router);
        new EventPages(parts.log(), visitors).addTo(router);
        new QueuePages(methods, parts.outbox()).addTo(router);
        new NodePages(parts.node(), instances, parts.backup(), parts.clock()).addTo(router);
        parts.simulator().ifPresent(url -> new PhonePages(new SimulatedPhones(url), methods).addTo(router));
        router.post("logout", this::logout).post("language", Console::language);
    }

    /** The one field of the pages that is a file. */
    public static final String FILE = "file";

    /** Somebody who has logged in, by the cookie: a number of theirs; empty for strangers. */
    public OptionalLong known(String cookie) {
        return visitors.find(cookie)
                .map(visitor ->
                        OptionalLong.of(-1L - Math.abs((long) visitor.key().hashCode())))
                .orElseGet(OptionalLong::empty);
    }

    /** Answers a browser. */
    public Optional<SiteReply> answer(Visit visit) {
        return Stage.ASSETS.find(visit).or(() -> Optional.of(page(visit)));
    }

    private SiteReply page(Visit visit) {
        Optional<Visitor> visitor = visit.cookie().flatMap(visitors::find);
        if (visitor.isEmpty()) {
            return welcome(visit);
        }
        if (visit.verb().equals("POST") && !meant(visit, visitor.get())) {
            return failure(403, visitor, "failure.csrf");
        }
        if (visit.refused()) {
            return refused(visit, visitor.get());
        }
        Optional<Router.Target> target = router.find(visit.verb(), visit.path());
        if (target.isEmpty()) {
            return failure(404, visitor, "failure.notFound");
        }
        return serve(visit, visitor.get(), target.get());
    }

    private SiteReply refused(Visit visit, Visitor visitor) {
        return new Scene(stage, visit, visitor, texts(visitor.language()), Map.of(), Optional.empty())
                .notice(false, texts(visitor.language()).get("send.refused"));
    }

    private SiteReply serve(Visit visit, Visitor visitor, Router.Target target) {
        String id = target.named().get("id");
        Optional<Instance> found = id == null ? Optional.empty() : instance(id).filter(visitor::sees);
        boolean forAll = id == null && visit.path().stream().anyMatch(List.of("instances", "node", "phones")::contains);
        if ((id != null && found.isEmpty()) || (forAll && !visitor.seesAll())) {
            return failure(404, Optional.of(visitor), "failure.notFound");
        }
        return target.action().act(new Scene(stage, visit, visitor, texts(visitor.language()), target.named(), found));
    }

    private Optional<Instance> instance(String id) {
        return id.matches("[0-9]{1,18}") ? instances.find(Long.parseLong(id)) : Optional.empty();
    }

    /** Whether a change was asked for by a page that was made for this visitor. */
    private static boolean meant(Visit visit, Visitor visitor) {
        String shown = visit.csrf().orElseGet(() -> visit.field("csrf"));
        return visit.ours() && MessageDigest.isEqual(bytes(shown), bytes(visitor.csrf()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private SiteReply welcome(Visit visit) {
        Language language = Language.ofTag(visit.field("lang")).orElseGet(() -> Language.of(visit.languages()));
        if (visit.verb().equals("GET") && visit.path().isEmpty()) {
            return loginPage(200, language, "");
        }
        if (!visit.ours() || visit.verb().equals("GET") || !visit.path().equals(List.of("login"))) {
            return SiteReply.redirect(stage.base());
        }
        return switch (login.of(visit, language)) {
            case Login.Outcome.In(Visitor visitor) ->
                new SiteReply.Redirect(
                        stage.base() + home(visitor),
                        Optional.of(new SiteReply.Cookie(COOKIE, visitor.key(), stage.base())));
            case Login.Outcome.Wrong wrong -> loginPage(401, language, "login.wrong");
            case Login.Outcome.TooMany tooMany -> loginPage(429, language, "login.tooMany");
        };
    }

    private static String home(Visitor visitor) {
        return visitor.scope().map(scope -> "/instances/" + scope.instance()).orElse("/instances");
    }

    private SiteReply loginPage(int status, Language language, String trouble) {
        Texts words = texts(language);
        Page page = stage.page(words, words.get("login.title"), "login", Optional.empty(), Optional.empty());
        return new SiteReply.Page(
                status,
                stage.render(
                        "login.jte", Map.of("page", page, "trouble", trouble.isEmpty() ? "" : words.get(trouble))));
    }

    private SiteReply failure(int status, Optional<Visitor> visitor, String key) {
        Texts words = texts(visitor.map(Visitor::language).orElse(Language.ENGLISH));
        Page page = stage.page(words, words.get(key), "", visitor, Optional.empty());
        return new SiteReply.Page(status, stage.render("failure.jte", Map.of("page", page)));
    }

    /** Read when first needed: a start shows no pages. */
    private Texts texts(Language language) {
        return texts.computeIfAbsent(language, Texts::new);
    }

    private SiteReply logout(Scene scene) {
        visitors.leave(scene.visitor());
        return new SiteReply.Redirect(stage.base(), Optional.of(new SiteReply.Cookie(COOKIE, "", stage.base())));
    }

    private static SiteReply language(Scene scene) {
        Language.ofTag(scene.visit().field("lang")).ifPresent(scene.visitor()::language);
        return scene.redirect("");
    }
}
