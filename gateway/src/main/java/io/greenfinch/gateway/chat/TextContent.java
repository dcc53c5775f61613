package io.greenfinch.gateway.chat;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A text, plain or with more to it (green-api.md §6.7, §6.8).
 *
 * @param extra what goes with it where it is not plain
 * @param quote what it answers
 */
public record TextContent(String text, Optional<Extra> extra, Optional<Quote> quote) implements MessageContent {

    static final String PLAIN = "textMessage";

    /**
     * What a text has that is more than plain.
     *
     * @param previewType such as {@code None}
     * @param thumbnail in base64, may be empty
     * @param forwardings how often it was passed on
     */
    public record Extra(
            String description,
            String title,
            String previewType,
            String thumbnail,
            long forwardings,
            boolean forwarded) {

        /** Nothing to show. */
        public static final Extra NONE = new Extra("", "", "None", "", 0, false);

        @Override
        public String toString() {
            return "Extra[hidden]";
        }
    }

    /** The same text with something else beside it. */
    TextContent with(Extra other) {
        return new TextContent(text, Optional.of(other), quote);
    }

    @Override
    public String typeMessage() {
        if (quote.isPresent()) {
            return "quotedMessage";
        }
        return extra.isPresent() ? "extendedTextMessage" : PLAIN;
    }

    @Override
    public ObjectNode messageData() {
        ObjectNode data = object().put("typeMessage", typeMessage());
        if (quote.isPresent()) {
            data.putObject("extendedTextMessageData")
                    .put("text", text)
                    .put("stanzaId", quote.get().stanzaId())
                    .put("participant", quote.get().participant());
            return data.set("quotedMessage", quote.get().node());
        }
        return extra.isPresent()
                ? data.set("extendedTextMessageData", extended(extra.get()))
                : data.set("textMessageData", object().put(PLAIN, text));
    }

    private ObjectNode extended(Extra more) {
        return object().put("text", text)
                .put("description", more.description)
                .put("title", more.title)
                .put("previewType", more.previewType)
                .put("jpegThumbnail", more.thumbnail)
                .put("forwardingScore", more.forwardings)
                .put("isForwarded", more.forwarded);
    }

    @Override
    public void writeTo(ObjectNode journal) {
        Extra more = extra.orElse(Extra.NONE);
        journal.put("isForwarded", more.forwarded)
                .put("forwardingScore", more.forwardings)
                .put(PLAIN, text);
        if (extra.isPresent() || quote.isPresent()) {
            journal.set("extendedTextMessage", extended(more));
        }
        quote.ifPresent(known -> journal.set("quotedMessage", known.node()));
    }

    @Override
    public ObjectNode quoted() {
        return object().put("typeMessage", PLAIN).put(PLAIN, text);
    }

    @Override
    public ObjectNode stored() {
        ObjectNode stored = object().put("text", text);
        extra.ifPresent(more -> stored.set("extra", extended(more)));
        quote.ifPresent(known -> stored.set("quote", known.node()));
        return stored;
    }

    static Optional<TextContent> ofStored(JsonNode stored) {
        if (!stored.path("text").isString()) {
            return Optional.empty();
        }
        Optional<Extra> extra = Optional.of(stored.path("extra"))
                .filter(JsonNode::isObject)
                .map(more -> new Extra(
                        more.path("description").asString(""),
                        more.path("title").asString(""),
                        more.path("previewType").asString("None"),
                        more.path("jpegThumbnail").asString(""),
                        more.path("forwardingScore").asLong(0),
                        more.path("isForwarded").asBoolean(false)));
        return Optional.of(new TextContent(stored.path("text").stringValue(), extra, Quote.of(stored.path("quote"))));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public String toString() {
        return "TextContent[hidden]";
    }
}
