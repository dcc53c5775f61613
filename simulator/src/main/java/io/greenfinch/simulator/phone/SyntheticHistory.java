package io.greenfinch.simulator.phone;

import io.greenfinch.protocol.proto.Conversation;
import io.greenfinch.protocol.proto.HistorySyncMsg;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.MessageKey;
import io.greenfinch.protocol.proto.WebMessageInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * A history that somebody's phone claims to have: chats with people who are on no simulated service, and messages made up as they are
 * needed, the same each time. Immutable.
 *
 * @param chats how many chats
 * @param messages how many in each
 * @param chunk how many are told in one part, at most
 * @param span over how long they were written, evenly
 * @param until when the last was written
 */
public record SyntheticHistory(int chats, int messages, int chunk, long seed, Duration span, Instant until) {

    private static final String[] WORDS = {
        "tomorrow", "the", "train", "leaves", "at", "nine", "bring", "bread", "and", "coffee", "please", "thanks",
                "see",
        "you", "soon", "where", "are", "we", "going", "tonight", "the", "meeting", "is", "moved", "to", "Monday"
    };
    private static final int LONGEST = 24;
    private static final int READ = 4;

    /** Each third message is the owner's. */
    private static final int OWN = 3;

    private static final long FIRST_NUMBER = 15_560_000_000L;
    private static final long FIRST_LID = 955_600_000_000_000L;

    /** The address of a chat, by phone number. */
    String pn(int chat) {
        return FIRST_NUMBER + chat + "@s.whatsapp.net";
    }

    /** The same person's other address. */
    String lid(int chat) {
        return FIRST_LID + chat + "@lid";
    }

    /** The name that the person goes by. */
    String name(int chat) {
        return "Contact " + chat;
    }

    /** A chat with some of its messages, the newest first, which has number 0. */
    Conversation conversation(int chat, int from, int to) {
        Conversation.Builder conversation = Conversation.newBuilder()
                .setId(pn(chat))
                .setLidJid(lid(chat))
                .setConversationTimestamp(at(chat, 0).getEpochSecond());
        for (int number = from; number < to; number++) {
            conversation.addMessages(HistorySyncMsg.newBuilder()
                    .setMessage(message(chat, number))
                    .setMsgOrderId(messages - number));
        }
        return conversation.build();
    }

    private Instant at(int chat, int number) {
        long all = (long) chats * messages;
        long place = (long) number * chats + chat;
        return until.minusMillis(span.toMillis() / all * place);
    }

    private WebMessageInfo message(int chat, int number) {
        boolean own = number % OWN == OWN - 1;
        WebMessageInfo.Builder info = WebMessageInfo.newBuilder()
                .setKey(MessageKey.newBuilder()
                        .setRemoteJid(pn(chat))
                        .setFromMe(own)
                        .setId("3EB0%08X%08X".formatted(chat ^ (int) seed, number)))
                .setMessage(Message.newBuilder()
                        .setConversation(text(chat, number))
                        .build()
                        .toByteString())
                .setMessageTimestamp(at(chat, number).getEpochSecond());
        if (own) {
            info.setStatus(READ);
        } else {
            info.setPushName(name(chat));
        }
        return info.build();
    }

    private String text(int chat, int number) {
        Random random = new Random(seed * 31 + (long) chat * messages + number);
        StringBuilder text = new StringBuilder("Message " + (messages - number) + ":");
        int words = 1 + random.nextInt(LONGEST);
        for (int i = 0; i < words; i++) {
            text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }
}
