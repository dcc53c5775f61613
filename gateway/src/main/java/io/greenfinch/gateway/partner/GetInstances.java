package io.greenfinch.gateway.partner;

import io.greenfinch.gateway.account.UpdateApiToken;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.ObjectShape;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.http.Verb;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.Instances;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** Lists all instances with their tokens; deleted ones for three months more. Some callers use POST. */
public record GetInstances(Instances instances) implements ApiMethod.OfPartner {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final Shape TIME = Shape.pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}");
    private static final String NEVER_DELETED = "0001-01-01T00:00:00";

    /** Nothing is paid for here, so nothing runs out. */
    private static final String NEVER_EXPIRES = "9999-12-31T23:59:59";

    private record Listed(Instance instance, String token) {

        String deleted() {
            return instance.deleted().map(SECONDS::format).orElse(NEVER_DELETED);
        }
    }

    private static final ObjectShape<Listed> LISTED = ObjectShape.of(Listed.class)
            .with(
                    "idInstance",
                    Shape.number(1, Long.MAX_VALUE),
                    each -> each.instance().id())
            .with("name", Shape.TEXT, each -> each.instance().name())
            .always("typeInstance", "whatsapp")
            .always("typeAccount", "")
            .always("partnerUserUiid", "")
            .with("timeCreated", TIME, each -> SECONDS.format(each.instance().created()))
            .with("timeDeleted", TIME, Listed::deleted)
            .with("apiTokenInstance", UpdateApiToken.TOKEN_OR_NONE, Listed::token)
            .with("deleted", Shape.FLAG, each -> each.instance().deleted().isPresent())
            .always("tariff", "PARTNER")
            .always("isFree", false)
            .always("isPartner", true)
            .always("expirationDate", NEVER_EXPIRES)
            .always("isExpired", false);

    @Override
    public Descriptor descriptor() {
        return Descriptor.partner("getInstances", Verb.GET, Verb.POST)
                .answering(Shape.list(LISTED.shape().named("ListedInstance")));
    }

    @Override
    public Reply handle(Call call) {
        Map<Long, String> tokens = instances.tokens();
        return Reply.ok(LISTED.all(instances.all().stream()
                .filter(instance -> tokens.containsKey(instance.id())) // else it was made after the tokens were read
                .map(instance -> new Listed(instance, tokens.getOrDefault(instance.id(), "")))
                .toList()));
    }
}
