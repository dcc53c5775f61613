package io.greenfinch.gateway.console;

import io.greenfinch.gateway.http.SiteReply;
import io.greenfinch.gateway.instance.ApiToken;
import io.greenfinch.gateway.instance.CreationRows;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.InstanceSettings;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.notification.Outbox;
import io.greenfinch.gateway.store.OutboxTable;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All instances, and what concerns one as a whole: made, deleted, its token. */
final class InstancePages {

    private static final int LONGEST_NAME = 100;

    /** Of more, those that match a search are shown. */
    private static final int MOST = 100;

    private final Instances instances;
    private final Outbox outbox;
    private final Clock clock;

    InstancePages(Instances instances, Outbox outbox, Clock clock) {
        this.instances = instances;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * A row of the list.
     *
     * @param phone of the linked account; empty while there is none
     * @param cause why it is not online; empty while it is
     * @param backlog notifications that wait to be taken
     * @param trouble what the webhook did last that was wrong; empty while all is well
     */
    public record Row(
            long id,
            String name,
            String state,
            boolean online,
            String phone,
            String cause,
            String since,
            long backlog,
            String trouble) {}

    void addTo(Router router) {
        router.get(
                        "",
                        scene -> scene.redirect(scene.visitor()
                                .scope()
                                .map(own -> "/instances/" + own.instance())
                                .orElse("/instances")))
                .get("instances", this::list)
                .get("instances/rows", this::rows)
                .post("instances", this::create)
                .get("instances/{id}/token", this::token)
                .post("instances/{id}/token", this::renew)
                .post("instances/{id}/delete", this::delete);
    }

    private SiteReply list(Scene scene) {
        return scene.show(
                "instances.jte",
                scene.page(scene.t("instances.title"), "instances"),
                Map.of("rows", found(scene), "search", scene.visit().field("q")));
    }

    private SiteReply rows(Scene scene) {
        return scene.show("rows.jte", scene.page("", "instances"), Map.of("rows", found(scene)));
    }

    private List<Row> found(Scene scene) {
        Locale locale = scene.visitor().language().locale();
        String search = scene.visit().field("q").strip().toLowerCase(locale);
        return instances.all().stream()
                .filter(instance -> instance.deleted().isEmpty())
                .filter(instance -> said(instance).toLowerCase(locale).contains(search))
                .sorted(Comparator.comparing(Instance::created).reversed())
                .limit(MOST)
                .map(instance -> row(instance, scene.texts()))
                .toList();
    }

    /** What is searched, all of it in memory. */
    private String said(Instance instance) {
        String state = instance.state(clock.instant()).wire();
        return instance.id() + " " + instance.name() + " " + phone(instance) + " " + state;
    }

    private static String phone(Instance instance) {
        return instance.session()
                .flatMap(session -> session.account().status().account())
                .map(account -> account.pn().user())
                .orElse("");
    }

    private Row row(Instance instance, Texts texts) {
        String cause = instance.cause()
                .map(known -> texts.word("cause", known.word()))
                .orElse(instance.damaged() ? texts.get("cause.damaged") : "");
        String since = instance.session()
                .map(session -> texts.duration(
                        Duration.between(session.account().status().since(), clock.instant())))
                .orElse("");
        String trouble =
                outbox.trouble(instance.id()).map(OutboxTable.Trouble::error).orElse("");
        return new Row(
                instance.id(),
                instance.name(),
                instance.state(clock.instant()).wire(),
                instance.online(),
                phone(instance),
                cause,
                since,
                outbox.count(instance.id()),
                trouble);
    }

    private SiteReply create(Scene scene) {
        String name = scene.visit().field("name").strip();
        if (name.length() > LONGEST_NAME) {
            return scene.notice(false, scene.t("instances.nameTooLong"));
        }
        Instances.Created created = instances.create(name, InstanceSettings.NOTIFYING, CreationRows.NONE);
        return scene.redirect("/instances/" + created.instance().id());
    }

    private SiteReply token(Scene scene) {
        String token = scene.visitor()
                .scope()
                .map(own -> own.token().text())
                .orElseGet(
                        () -> instances.tokens().getOrDefault(scene.instance().id(), ""));
        return shown(scene, token);
    }

    private static SiteReply shown(Scene scene, String token) {
        return scene.show("token.jte", scene.page("", "overview"), Map.of("token", token));
    }

    /** Whoever else came with the old token has to come again. */
    private SiteReply renew(Scene scene) {
        ApiToken current = scene.visitor()
                .scope()
                .map(Visitor.Scope::token)
                .orElseGet(() -> new ApiToken(
                        instances.tokens().getOrDefault(scene.instance().id(), "")));
        Optional<ApiToken> fresh = instances.renewToken(scene.instance(), current);
        fresh.ifPresent(scene.visitor()::renewed);
        return fresh.map(token -> shown(scene, token.text()))
                .orElseGet(() -> scene.notice(false, scene.t("token.gone")));
    }

    private SiteReply delete(Scene scene) {
        if (!scene.visitor().seesAll()
                || !scene.visit()
                        .field("confirm")
                        .equals(Long.toString(scene.instance().id()))) {
            return scene.notice(false, scene.t("delete.confirm"));
        }
        instances.delete(scene.instance().id());
        return scene.redirect("/instances");
    }
}
