package io.greenfinch.gateway.chat;

import io.greenfinch.gateway.chat.MessageWriting.Known;
import io.greenfinch.protocol.proto.InteractiveHeader;
import io.greenfinch.protocol.proto.InteractiveMessage;
import io.greenfinch.protocol.proto.InteractiveText;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.NativeFlowButton;
import io.greenfinch.protocol.proto.NativeFlowMessage;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes messages that offer something to press (specification §31.5). {@link ButtonReading} reads them. */
public final class ButtonWriting {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int VERSION = 1;

    private ButtonWriting() {}

    /** What a button does. */
    public enum Kind {
        COPY("cta_copy", "copy_code"),
        CALL("cta_call", "phone_number"),
        URL("cta_url", "url"),
        REPLY("quick_reply", "");

        private final String name;
        private final String parameter;

        Kind(String name, String parameter) {
            this.name = name;
            this.parameter = parameter;
        }
    }

    /**
     * A button.
     *
     * @param value what is copied, called or opened; empty for a reply
     */
    public record Button(Kind kind, String id, String text, String value) {

        private NativeFlowButton written() {
            ObjectNode parameters = JsonNodeFactory.instance
                    .objectNode()
                    .put("display_text", text)
                    .put("id", id);
            if (!kind.parameter.isEmpty()) {
                parameters.put(kind.parameter, value);
            }
            return NativeFlowButton.newBuilder()
                    .setName(kind.name)
                    .setButtonParamsJson(JSON.writeValueAsString(parameters))
                    .build();
        }

        @Override
        public String toString() {
            return "Button[" + kind + "]";
        }
    }

    /** A text with buttons under it; title and footer may be empty. */
    public static Message buttons(
            String title, String text, String footer, List<Button> buttons, Optional<Known> answered) {
        NativeFlowMessage.Builder flow = NativeFlowMessage.newBuilder().setMessageVersion(VERSION);
        buttons.forEach(button -> flow.addButtons(button.written()));
        InteractiveMessage.Builder message = InteractiveMessage.newBuilder()
                .setBody(InteractiveText.newBuilder().setText(text))
                .setNativeFlowMessage(flow);
        if (!title.isEmpty()) {
            message.setHeader(InteractiveHeader.newBuilder().setTitle(title).setHasMediaAttachment(false));
        }
        if (!footer.isEmpty()) {
            message.setFooter(InteractiveText.newBuilder().setText(footer));
        }
        answered.map(Known::context).ifPresent(message::setContextInfo);
        return Message.newBuilder().setInteractiveMessage(message).build();
    }
}
