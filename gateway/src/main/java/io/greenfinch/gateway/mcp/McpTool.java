package io.greenfinch.gateway.mcp;

import io.greenfinch.gateway.instance.Setting;
import java.util.List;
import java.util.Optional;

/**
 * A tool: a method of the API as a model knows it.
 *
 * @param method what is called; the tool takes what it takes
 * @param setting what has to be switched on for an instance; empty for tools that change nothing
 * @param destructive whether what it does can't be taken back
 * @param written whether the result holds what other people have written
 */
record McpTool(
        String name,
        String method,
        String title,
        String description,
        Optional<String> setting,
        boolean destructive,
        boolean written) {

    /** All tools. */
    static final List<McpTool> ALL = List.of(
            telling(
                    "get_state",
                    "getStateInstance",
                    "State of the account",
                    "Tells whether the WhatsApp account is linked and works.",
                    false),
            telling(
                    "list_chats",
                    "getChats",
                    "Chats",
                    "Lists chats with people and groups, the one with the latest message first.",
                    true),
            telling(
                    "list_groups",
                    "getGroups",
                    "Groups",
                    "Lists the groups that the account is in, with its role in each and how many are in it.",
                    true),
            telling(
                    "get_group",
                    "getGroupData",
                    "One group",
                    "Tells of one group: name, description, members and their roles. WhatsApp is asked.",
                    true),
            telling(
                    "get_chat_history",
                    "getChatHistory",
                    "Messages of a chat",
                    "Reads the latest messages of a chat, the newest first.",
                    true),
            telling("get_message", "getMessage", "One message", "Reads one message of a chat by its id.", true),
            telling(
                    "list_incoming_messages",
                    "lastIncomingMessages",
                    "Messages received",
                    "Lists what was received in the last minutes, in all chats.",
                    true),
            telling(
                    "list_outgoing_messages",
                    "lastOutgoingMessages",
                    "Messages sent",
                    "Lists what was sent in the last minutes, in all chats, and how far each has come.",
                    true),
            telling("list_queue", "showMessagesQueue", "Queue", "Lists the messages that wait to be sent.", true),
            telling(
                    "check_number",
                    "checkWhatsapp",
                    "Is a number on WhatsApp?",
                    "Tells whether a phone number has WhatsApp. WhatsApp is asked.",
                    true),
            new McpTool(
                    "send_message",
                    "sendMessage",
                    "Send a text",
                    "Puts a text message to a person or a group into the queue and answers its id.",
                    Optional.of(Setting.MCP_SENDING),
                    false,
                    false),
            new McpTool(
                    "leave_groups",
                    "leaveGroups",
                    "Leave groups",
                    "Makes the account leave groups for good, and tells the result for each. To come back somebody has to add it.",
                    Optional.of(Setting.MCP_LEAVING),
                    true,
                    false));

    private static McpTool telling(String name, String method, String title, String description, boolean written) {
        return new McpTool(name, method, title, description, Optional.empty(), false, written);
    }
}
