package io.greenfinch.gateway.chat;

import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.ButtonsMessage;
import io.greenfinch.protocol.proto.ButtonsResponseMessage;
import io.greenfinch.protocol.proto.ContextInfo;
import io.greenfinch.protocol.proto.HydratedFourRowTemplate;
import io.greenfinch.protocol.proto.HydratedTemplateButton;
import io.greenfinch.protocol.proto.InteractiveMessage;
import io.greenfinch.protocol.proto.InteractiveResponseMessage;
import io.greenfinch.protocol.proto.ListMessage;
import io.greenfinch.protocol.proto.ListResponseMessage;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.NativeFlowButton;
import io.greenfinch.protocol.proto.TemplateButtonReplyMessage;
import io.greenfinch.protocol.proto.TemplateMessage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads messages that offer something to press, and what was pressed (green-api.md §6.7). */
final class ButtonReading {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ButtonReading() {}

    /** One of a kind that has buttons or answers them. */
    static DataContent of(MessageEnvelope message) {
        Message content = message.content();
        return switch (message.kind()) {
            case BUTTONS -> buttons(content.getButtonsMessage());
            case BUTTONS_RESPONSE -> pressed(content.getButtonsResponseMessage());
            case LIST -> list(content.getListMessage());
            case LIST_RESPONSE -> chosen(content.getListResponseMessage());
            case TEMPLATE -> template(content.getTemplateMessage());
            case TEMPLATE_REPLY -> pressed(content.getTemplateButtonReplyMessage());
            case INTERACTIVE -> interactive(content.getInteractiveMessage());
            default -> pressed(content.getInteractiveResponseMessage());
        };
    }

    private static DataContent named(String name, ObjectNode data, ContextInfo context) {
        return new DataContent(name, name, data, MessageReading.quote(context));
    }

    private static DataContent buttons(ButtonsMessage message) {
        ObjectNode data = object().put("contentText", message.getContentText()).put("footer", message.getFooterText());
        ArrayNode buttons = data.putArray("buttons");
        message.getButtonsList()
                .forEach(button -> buttons.addObject()
                        .put("buttonId", button.getButtonId())
                        .put("buttonText", button.getButtonText().getDisplayText()));
        return named("buttonsMessage", KindReading.forwarded(data, message.getContextInfo()), message.getContextInfo());
    }

    private static DataContent pressed(ButtonsResponseMessage message) {
        ObjectNode data = object().put("stanzaId", message.getContextInfo().getStanzaId())
                .put("selectedButtonId", message.getSelectedButtonId())
                .put("selectedButtonText", message.getSelectedDisplayText());
        return named("buttonsResponseMessage", data, message.getContextInfo());
    }

    private static DataContent list(ListMessage message) {
        ObjectNode data = object().put("contentText", message.getDescription())
                .put("title", message.getTitle())
                .put("footer", message.getFooterText())
                .put("buttonText", message.getButtonText());
        ArrayNode sections = data.putArray("sections");
        message.getSectionsList().forEach(section -> {
            ArrayNode rows =
                    sections.addObject().put("title", section.getTitle()).putArray("rows");
            section.getRowsList()
                    .forEach(row -> rows.addObject()
                            .put("title", row.getTitle())
                            .put("rowId", row.getRowId())
                            .put("description", row.getDescription()));
        });
        return named("listMessage", KindReading.forwarded(data, message.getContextInfo()), message.getContextInfo());
    }

    private static DataContent chosen(ListResponseMessage message) {
        ObjectNode data = object().put("stanzaId", message.getContextInfo().getStanzaId())
                .put("title", message.getTitle())
                .put("listType", message.getListType())
                .put("singleSelectReply", message.getSingleSelectReply().getSelectedRowId());
        return named("listResponseMessage", data, message.getContextInfo());
    }

    private static DataContent template(TemplateMessage message) {
        if (message.hasInteractiveMessageTemplate()) {
            return interactive(message.getInteractiveMessageTemplate());
        }
        HydratedFourRowTemplate rows =
                message.hasHydratedTemplate() ? message.getHydratedTemplate() : message.getHydratedFourRowTemplate();
        ObjectNode data =
                object().put("contentText", rows.getHydratedContentText()).put("footer", rows.getHydratedFooterText());
        ArrayNode buttons = data.putArray("buttons");
        rows.getHydratedButtonsList().forEach(button -> buttons.add(button(button)));
        return named(
                "templateMessage", KindReading.forwarded(data, message.getContextInfo()), message.getContextInfo());
    }

    private static ObjectNode button(HydratedTemplateButton button) {
        ObjectNode told = object().put("index", Integer.toUnsignedLong(button.getIndex()));
        if (button.hasUrlButton()) {
            told.putObject("urlButton")
                    .put("displayText", button.getUrlButton().getDisplayText())
                    .put("url", button.getUrlButton().getUrl());
        } else if (button.hasCallButton()) {
            told.putObject("callButton")
                    .put("displayText", button.getCallButton().getDisplayText())
                    .put("phoneNumber", button.getCallButton().getPhoneNumber());
        } else {
            told.putObject("quickReplyButton")
                    .put("displayText", button.getQuickReplyButton().getDisplayText())
                    .put("id", button.getQuickReplyButton().getId());
        }
        return told;
    }

    private static DataContent pressed(TemplateButtonReplyMessage message) {
        ObjectNode data = object().put("stanzaId", message.getContextInfo().getStanzaId())
                .put("selectedIndex", Integer.toUnsignedLong(message.getSelectedIndex()))
                .put("selectedId", message.getSelectedId())
                .put("selectedDisplayText", message.getSelectedDisplayText());
        return new DataContent(
                "templateButtonsReplyMessage",
                "templateButtonReplyMessage",
                data,
                MessageReading.quote(message.getContextInfo()));
    }

    private static DataContent interactive(InteractiveMessage message) {
        ObjectNode data = object().put("titleText", message.getHeader().getTitle())
                .put("contentText", message.getBody().getText())
                .put("footerText", message.getFooter().getText());
        ArrayNode buttons = data.putArray("buttons");
        boolean replies = true;
        for (NativeFlowButton button : message.getNativeFlowMessage().getButtonsList()) {
            ObjectNode told = button(button);
            replies &= told.path("type").asString("").equals("reply");
            buttons.add(told);
        }
        return named(
                replies && !buttons.isEmpty() ? "interactiveButtonsReply" : "interactiveButtons",
                data,
                message.getContextInfo());
    }

    private static ObjectNode button(NativeFlowButton button) {
        JsonNode parameters = json(button.getButtonParamsJson());
        ObjectNode told = object();
        String text = parameters.path("display_text").asString("");
        return switch (button.getName()) {
            case "cta_url" ->
                described(told, "url", parameters, text)
                        .put("url", parameters.path("url").asString(""));
            case "cta_call" ->
                described(told, "call", parameters, text)
                        .put("phoneNumber", parameters.path("phone_number").asString(""));
            case "cta_copy" ->
                described(told, "copy", parameters, text)
                        .put("copyCode", parameters.path("copy_code").asString(""));
            case "quick_reply" -> described(told, "reply", parameters, text);
            default -> described(told, button.getName(), parameters, text);
        };
    }

    private static ObjectNode described(ObjectNode told, String type, JsonNode parameters, String text) {
        return told.put("type", type)
                .put("buttonId", parameters.path("id").asString(""))
                .put("buttonText", text);
    }

    private static DataContent pressed(InteractiveResponseMessage message) {
        JsonNode parameters = json(message.getNativeFlowResponseMessage().getParamsJson());
        ObjectNode data = object().put("stanzaId", message.getContextInfo().getStanzaId())
                .put("selectedId", parameters.path("id").asString(""))
                .put("selectedDisplayText", message.getBody().getText());
        return named("interactiveButtonsResponse", data, message.getContextInfo());
    }

    /** What somebody else has written as JSON, or nothing. */
    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
