package io.greenfinch.gateway.chat;

import java.util.Optional;
import java.util.function.UnaryOperator;
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
    private static final String EXTENDED = "extendedTextMessage";

    /**
     * What a text has that is more than plain.
     *
     * @param previewType such as {@code None}
     * @param thumbnail in base64, may be empty
     * @param forwardings how often it was passed on
     * @param advertisement where its sender came from, if from one
     */
    public record Extra(
            String description,
            String title,
            String previewType,
            String thumbnail,
            long forwardings,
            boolean forwarded,
            Optional<Advertisement> advertisement) {

        /** Nothing to show. */
        public static final Extra NONE = new Extra("", "", "None", "", 0, false, Optional.empty());

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
    public MessageContent answering(Quote other) {
        return new TextContent(text, extra, Optional.of(other));
    }

    @Override
    public MessageContent addressed(UnaryOperator<String> address) {
        return quote.<MessageContent>map(known -> answering(known.addressed(address)))
                .orElse(this);
    }

    @Override
    public String typeMessage() {
        if (quote.isPresent()) {
            return "quotedMessage";
        }
        return extra.isPresent() ? EXTENDED : PLAIN;
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
        ObjectNode told = object().put("text", text);
        told.setAll(preview(more)).put("forwardingScore", more.forwardings).put("isForwarded", more.forwarded);
        more.advertisement.ifPresent(ad -> ad.writeTo(told));
        return told;
    }

    private static ObjectNode preview(Extra more) {
        return object().put("description", more.description)
                .put("title", more.title)
                .put("previewType", more.previewType)
                .put("jpegThumbnail", more.thumbnail);
    }

    @Override
    public void writeTo(ObjectNode journal) {
        Extra more = extra.orElse(Extra.NONE);
        journal.put("isForwarded", more.forwarded)
                .put("forwardingScore", more.forwardings)
                .put(PLAIN, text);
        if (extra.isPresent() || quote.isPresent()) {
            journal.set(EXTENDED, extended(more));
        }
        quote.ifPresent(known -> journal.set("quotedMessage", known.node()));
    }

    @Override
    public ObjectNode quoted() {
        ObjectNode told = object().put("typeMessage", extra.isPresent() ? EXTENDED : PLAIN)
                .put(PLAIN, text);
        extra.ifPresent(more -> told.set(EXTENDED, preview(more)));
        return told;
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
                        more.path("isForwarded").asBoolean(false),
                        Advertisement.ofStored(more)));
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
