package io.greenfinch.gateway.business;

import io.greenfinch.client.Session;
import io.greenfinch.client.business.Business;
import io.greenfinch.client.business.CatalogPage;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.group.Reasons;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.protocol.binary.Jid;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Tells what a business offers, a page at a time (green-api.md §16). */
public final class GetProducts implements ApiMethod.OfSession {

    private static final int USUAL = 10;

    private static final Field<Jid> SELLER = Field.required("chatId", ChatIds.PERSON_ID);
    private static final Field<Optional<Long>> LIMIT =
            Field.fillable("productLimit", FieldType.integer(1, Business.MOST_PRODUCTS));

    /** An extension: how pages follow each other is not documented. */
    private static final Field<Optional<String>> AFTER = Field.fillable("after", FieldType.FILLED_TEXT.notLonger(4096));

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("getProducts", 10)
                .taking(SELLER, LIMIT, AFTER)
                .answering(Shape.object("paging", Shape.object().maybe("after", Shape.FILLED))
                        .and("products", Shape.list(ProductItem.SHAPE, 0, Business.MOST_PRODUCTS)))
                .withReasons(502, "not-sent unknown " + Descriptor.REFUSED);
    }

    @Override
    public Reply handle(Call call, Session session) {
        int most = call.get(LIMIT).map(Long::intValue).orElse(USUAL);
        return switch (session.business().catalog(call.get(SELLER), most, call.get(AFTER), call.deadline())) {
            case Outcome.Done<CatalogPage>(CatalogPage page) -> answer(page);
            case Outcome.Refused<CatalogPage>(Refusal reason, int code, var invitation) ->
                Reply.error(502, "Bad Gateway").withReason(Reasons.of(reason, code));
            case Outcome.Unknown<CatalogPage>(Silence why) -> Reasons.noAnswer(why);
        };
    }

    private static Reply answer(CatalogPage page) {
        ObjectNode paging = Json.object();
        page.after().ifPresent(after -> paging.put("after", after));
        ObjectNode answer = Json.object();
        answer.set("paging", paging);
        answer.set("products", ProductItem.all(page.products()));
        return Reply.ok(answer);
    }
}
