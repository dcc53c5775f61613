package io.greenfinch.gateway.sending;

import io.greenfinch.client.Account;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.chat.JournalBody;
import io.greenfinch.gateway.chat.TextContent;
import io.greenfinch.gateway.chat.TextContent.Extra;
import io.greenfinch.gateway.chat.TextContent.Quote;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.MessageTable.Entry;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What callers want written, as journals and notifications tell it. Thread-safe; blocks. */
record Texts(MessageTable messages, Instances instances) {

    /** The text of a request, with what it quotes where that is known; else it goes without (green-api.md §5). */
    TextContent content(long instance, JsonNode body) {
        String quoted = body.path("quotedMessageId").asString("");
        Optional<Quote> quote = quoted.isEmpty()
                ? Optional.empty()
                : messages.find(instance, body.path("chatId").stringValue(), quoted)
                        .flatMap(entry -> quote(instance, entry));
        return new TextContent(body.path("message").stringValue(), Optional.of(Extra.NONE), quote);
    }

    private Optional<Quote> quote(long instance, Entry entry) {
        String participant = entry.outgoing() ? own(instance) : entry.sender();
        return participant.isEmpty()
                ? Optional.empty()
                : JournalBody.of(entry)
                        .map(JournalBody::content)
                        .filter(TextContent.class::isInstance)
                        .map(TextContent.class::cast)
                        .map(text -> new Quote(entry.id(), participant, "textMessage", text.text()));
    }

    private String own(long instance) {
        return instances
                .find(instance)
                .flatMap(Instance::session)
                .flatMap(session -> session.account().status().account())
                .map(Account::pn)
                .map(ChatNames::of)
                .orElse("");
    }
}
