package io.greenfinch.gateway.partner;

import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.PartnerMethod;
import io.greenfinch.gateway.http.Verb;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.Instances;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists all instances with their tokens; deleted ones for three months more. Some callers use POST. */
public final class GetInstances implements PartnerMethod {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final String NEVER_DELETED = "0001-01-01T00:00:00";

    /** Nothing is paid for here, so nothing runs out. */
    private static final String NEVER_EXPIRES = "9999-12-31T23:59:59";

    private final Instances instances;

    public GetInstances(Instances instances) {
        this.instances = instances;
    }

    @Override
    public String name() {
        return "getInstances";
    }

    @Override
    public Set<Verb> verbs() {
        return Set.of(Verb.GET, Verb.POST);
    }

    @Override
    public Answer handle(Call call) {
        Map<Long, String> tokens = instances.tokens();
        ArrayNode list = Json.array();
        for (Instance instance : instances.all()) {
            String token = tokens.get(instance.id());
            if (token != null) { // else it was made after the tokens were read
                list.add(entry(instance, token));
            }
        }
        return Answer.ok(list);
    }

    private static ObjectNode entry(Instance instance, String token) {
        return Json.object()
                .put("idInstance", instance.id())
                .put("name", instance.name())
                .put("typeInstance", "whatsapp")
                .put("typeAccount", "")
                .put("partnerUserUiid", "")
                .put("timeCreated", time(instance.created()))
                .put("timeDeleted", instance.deleted().map(GetInstances::time).orElse(NEVER_DELETED))
                .put("apiTokenInstance", token)
                .put("deleted", instance.deleted().isPresent())
                .put("tariff", "PARTNER")
                .put("isFree", false)
                .put("isPartner", true)
                .put("expirationDate", NEVER_EXPIRES)
                .put("isExpired", false);
    }

    private static String time(Instant instant) {
        return SECONDS.format(instant);
    }
}
