package io.greenfinch.gateway.console;

import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.SiteReply;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.store.UnusableDataException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** The process: how large it is, how much it does, and a copy of all that it keeps. */
final class NodePages {

    private static final Logger log = LoggerFactory.getLogger(NodePages.class);

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");

    private final NodeFacts facts;
    private final Instances instances;
    private final Supplier<Path> backup;
    private final Clock clock;

    /** Each takes as much of the disk as the database does. */
    private final Semaphore backups = new Semaphore(1);

    /**
     * The pages.
     *
     * @param backup writes a backup to a new file, which is then the caller's
     */
    NodePages(NodeFacts facts, Instances instances, Supplier<Path> backup, Clock clock) {
        this.facts = facts;
        this.instances = instances;
        this.backup = backup;
        this.clock = clock;
    }

    void addTo(Router router) {
        router.get("node", this::page).get("node/data", this::data).post("node/backup", this::backup);
    }

    private SiteReply page(Scene scene) {
        return scene.show(
                "node.jte",
                scene.page(scene.t("node.title"), "node"),
                Map.of(
                        "version", facts.version(),
                        "java", facts.java(),
                        "uptime", scene.texts().duration(facts.uptime()),
                        "living", living().size(),
                        "online",
                                (int) living().stream().filter(Instance::online).count()));
    }

    private List<Instance> living() {
        return instances.all().stream()
                .filter(instance -> instance.deleted().isEmpty())
                .toList();
    }

    /** What the charts are drawn from; rates are for the page to reckon. */
    private SiteReply data(Scene scene) {
        ObjectNode data = Json.object()
                .put("at", clock.millis() / 1000.0)
                .put("heap", facts.heap() / 1048576.0)
                .put("used", facts.heapUsed() / 1048576.0)
                .put("online", living().stream().filter(Instance::online).count())
                .put("requests", facts.requests())
                .put("notifications", facts.notifications());
        return new SiteReply.Data(data.toString());
    }

    private SiteReply backup(Scene scene) {
        if (!backups.tryAcquire()) {
            return trouble(scene, scene.t("node.backup.underWay"));
        }
        boolean made = false;
        try {
            String moment = MOMENT.format(clock.instant().atOffset(ZoneOffset.UTC));
            SiteReply download = new SiteReply.Download("greenfinch-" + moment + ".db", backup.get(), backups::release);
            made = true;
            return download;
        } catch (UnusableDataException e) {
            log.error("{}", e.getMessage());
            return trouble(scene, scene.t("node.backup.failed"));
        } finally {
            if (!made) {
                backups.release();
            }
        }
    }

    private static SiteReply trouble(Scene scene, String words) {
        return scene.show("notice-page.jte", scene.page(scene.t("node.title"), "node"), Map.of("text", words));
    }
}
