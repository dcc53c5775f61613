package io.greenfinch.gateway.console;

import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.SiteReply;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.Instances;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The process: how large it is, and how much it does. */
record NodePages(NodeFacts facts, Instances instances, Clock clock) {

    void addTo(Router router) {
        router.get("node", this::page).get("node/data", this::data);
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
}
