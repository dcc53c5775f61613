package io.greenfinch.gateway.chat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.gateway.chat.JournalMarks.Vote;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.MessageKind;
import io.greenfinch.protocol.message.MessageSecret;
import io.greenfinch.protocol.message.MessageSecret.Original;
import io.greenfinch.protocol.message.MessageSecret.Sealed;
import io.greenfinch.protocol.message.MessageSecret.Use;
import io.greenfinch.protocol.message.PollContent;
import io.greenfinch.protocol.proto.PollCreationMessage;
import io.greenfinch.protocol.proto.PollOption;
import io.greenfinch.protocol.proto.PollUpdateMessage;
import io.greenfinch.protocol.proto.PollVoteMessage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A poll that is known, and what its votes say (specification §14.9; green-api.md §6.7). Immutable.
 *
 * @param secret by which votes are encrypted
 */
public record Poll(String name, List<String> options, boolean several, byte[] secret) {

    /** WhatsApp's own clients offer twelve; votes of a larger one are not counted. */
    private static final int MOST_OPTIONS = 64;

    /** The poll in a message of the journal; empty when it is none. */
    public static Optional<Poll> of(JournalBody body) {
        return body.original()
                .flatMap(bytes -> MessageEnvelope.ofPlain(bytes.toByteArray()))
                .filter(message -> message.kind() == MessageKind.POLL
                        && PollContent.of(message.content()).getOptionsCount() <= MOST_OPTIONS)
                .map(message -> {
                    PollCreationMessage poll = PollContent.of(message.content());
                    return new Poll(
                            poll.getName(),
                            poll.getOptionsList().stream()
                                    .map(PollOption::getOptionName)
                                    .toList(),
                            PollContent.takesSeveral(poll),
                            message.content()
                                    .getMessageContextInfo()
                                    .getMessageSecret()
                                    .toByteArray());
                });
    }

    /**
     * Somebody's vote; empty when it can't be read.
     *
     * @param authors the names that the poll's author may go by
     * @param voters the names that the voter may go by
     */
    public Optional<Vote> vote(PollUpdateMessage update, Collection<Jid> authors, Collection<Jid> voters) {
        Sealed sealed = new Sealed(
                update.getVote().getEncPayload().toByteArray(),
                update.getVote().getEncIv().toByteArray());
        String id = update.getPollCreationMessageKey().getId();
        for (Jid author : authors) {
            for (Jid voter : voters) {
                Optional<byte[]> vote =
                        MessageSecret.decrypt(Use.POLL_VOTE, new Original(secret, id, author), voter, sealed);
                if (vote.isPresent()) {
                    return chosen(vote.get()).map(names -> new Vote(names, update.getSenderTimestampMs()));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<List<String>> chosen(byte[] vote) {
        try {
            List<ByteString> hashes = PollVoteMessage.parseFrom(vote).getSelectedOptionsList();
            if (hashes.size() > options.size()) {
                return Optional.empty();
            }
            return Optional.of(options.stream()
                    .filter(option -> hashes.contains(PollContent.hash(option)))
                    .toList());
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty(); // somebody else's doing
        }
    }

    /** How it stands, as it is told. */
    public MessageContent standing(String stanzaId, Map<String, Vote> votes) {
        ObjectNode data = object(stanzaId).put("name", name);
        ArrayNode told = data.putArray("votes");
        for (String option : options) {
            ObjectNode one = told.addObject().put("optionName", option);
            ArrayNode voters = one.putArray("optionVoters");
            votes.forEach((voter, vote) -> {
                if (vote.options().contains(option)) {
                    voters.add(voter);
                }
            });
        }
        data.put("multipleAnswers", several);
        return content(data);
    }

    /** A vote that can't be read, or is about a poll that is not known. */
    public static MessageContent unknown(String stanzaId) {
        ObjectNode data = object(stanzaId).put("name", "");
        data.putArray("votes");
        return content(data.put("multipleAnswers", false));
    }

    private static ObjectNode object(String stanzaId) {
        return JsonNodeFactory.instance.objectNode().put("stanzaId", stanzaId);
    }

    private static MessageContent content(ObjectNode data) {
        return new DataContent("pollUpdateMessage", "pollMessageData", data, Optional.empty());
    }

    @Override
    public String toString() {
        return "Poll[hidden]";
    }
}
