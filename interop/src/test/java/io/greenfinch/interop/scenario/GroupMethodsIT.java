package io.greenfinch.interop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.interop.peer.PeerEvent.Joined;
import io.greenfinch.interop.peer.PeerGroup;
import io.greenfinch.interop.scenario.GroupMethodTable.Row;
import io.greenfinch.interop.scenario.GroupMethodTable.Situation;
import io.greenfinch.interop.scenario.GroupMethodTable.View;
import io.greenfinch.interop.service.Gateway.Answer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every group method, in every situation: its answer, what the service has then, and what a member who is a Baileys client
 * was told and finds when it asks.
 */
@NeedsPeers
class GroupMethodsIT extends GroupMethodScript {

    @ParameterizedTest
    @MethodSource("io.greenfinch.interop.scenario.GroupMethodTable#rows")
    void theAnswerIsWhatServiceAndMembersSee(Row row) {
        String group = group(row.situation());
        Optional<GroupView> before = view(group);
        Map<String, Object> body = new HashMap<>(row.more());
        body.put("groupId", group);
        row.person().ifPresent(name -> body.put("participantChatId", chatId(name)));

        assertThat(sandbox.gateway().post(row.method(), body)).isEqualTo(row.answer());

        Optional<GroupView> expected =
                before.map(view -> row.after().apply(new View(view, people)).group());
        assertSeen(group, expected, row.seen());
    }

    /** Whoever made a group is told the same of it as everybody in it. */
    @Test
    void aGroupThatIsMadeIsTheOneTheWitnessIsToldOf() {
        Answer answer = create("Made", "Bella", "Carola");
        String group = answer.json().get("chatId").asString();

        assertThat(answer.status()).isEqualTo(200);
        GroupView made = new GroupView("Made", false, false, Map.of())
                .with(us.phone(), "superadmin")
                .with(phone("Bella"), "member")
                .with(phone("Carola"), "member");
        PeerGroup joined = witness.await(
                        Joined.class, event -> event.group().id().equals(group))
                .group();
        assertThat(GroupView.of(joined)).isEqualTo(made);
        assertSeen(group, Optional.of(made), List.of());
        assertThat(answer.json().get("groupInviteLink").asString())
                .isEqualTo("https://chat.whatsapp.com/"
                        + simulator.group(group).get("inviteCode").asString());
    }

    @Test
    void whoIsNotOnWhatsAppIsNotInTheGroupThatIsMade() {
        Answer answer = sandbox.gateway()
                .post("createGroup", Map.of("groupName", "x", "chatIds", List.of(chatId("Bella"), "15559999999@c.us")));
        String group = answer.json().get("chatId").asString();

        assertThat(answer.reason()).hasValue("not-all-added");
        assertSeen(
                group,
                Optional.of(new GroupView("x", false, false, Map.of())
                        .with(us.phone(), "superadmin")
                        .with(phone("Bella"), "member")),
                List.of());
    }

    @Test
    void whoJoinsByALinkIsSeenByTheWitness() {
        String group = group(Situation.NOT_MEMBER);
        GroupView before = view(group).orElseThrow();
        String code = simulator.group(group).get("inviteCode").asString();

        assertThat(sandbox.gateway().post("joinGroup", Map.of("groupInviteLink", "https://chat.whatsapp.com/" + code)))
                .isEqualTo(Answer.ok("{\"joinGroup\":true,\"awaitsApproval\":false,\"groupId\":\"" + group + "\"}"));
        assertSeen(group, Optional.of(before.with(us.phone(), "member")), List.of("add us"));
    }

    @Test
    void manyWhoAreRemovedAtOnceAreSeenTogether() {
        String group = group(Situation.ADMIN);
        GroupView before = view(group).orElseThrow();

        Answer answer = sandbox.gateway()
                .post(
                        "removeGroupParticipants",
                        Map.of("groupId", group, "participantChatIds", List.of(chatId("Carola"), chatId("Dora"))));
        assertThat(answer.json().findValues("removeParticipant")).hasSize(2).allMatch(JsonNode::asBoolean);
        assertSeen(
                group,
                Optional.of(before.without(phone("Carola")).without(phone("Dora"))),
                List.of("remove Carola,Dora"));
    }

    /** Whoever is in a group that we put into a community is in it, and finds its groups. */
    @Test
    void aCommunityThatIsFilledIsTheOneTheWitnessFinds() {
        String town = sandbox.gateway()
                .post("createCommunity", Map.of("communityName", "Town"))
                .json()
                .get("communityId")
                .asString();
        String choir = create("Choir", "Bella").json().get("chatId").asString();

        assertThat(sandbox.gateway()
                        .post("linkCommunityGroups", Map.of("communityId", town, "groupIds", List.of(choir))))
                .isEqualTo(Answer.ok("{\"results\":[{\"groupId\":\"" + choir + "\",\"linkGroup\":true}]}"));
        PeerGroup joined = witness.await(
                        Joined.class, event -> event.group().id().equals(town))
                .group();
        assertThat(joined.subject()).isEqualTo("Town");
        assertThat(witness.linkedGroups(town)).containsEntry(choir, "Choir").hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("inside")
    void dataOfAGroupIsWhatTheWitnessFinds(Situation situation) {
        String group = group(situation);
        JsonNode data =
                sandbox.gateway().post("getGroupData", Map.of("groupId", group)).json();

        assertThat(GroupView.ofAnswer(data)).isEqualTo(GroupView.of(witness.group(group)));
        String code = simulator.group(group).get("inviteCode").asString();
        assertThat(data.get("groupInviteLink").asString())
                .isEqualTo(situation == Situation.ADMIN ? "https://chat.whatsapp.com/" + code : "");
        assertSeen(group, view(group), List.of());
    }

    static Stream<Situation> inside() {
        return Stream.of(Situation.ADMIN, Situation.NOT_ADMIN);
    }

    @ParameterizedTest
    @MethodSource("situations")
    void aPictureIsSetOnlyWhereItIsSaidToBe(Situation situation) throws IOException {
        String group = group(situation);
        Optional<GroupView> before = view(group);

        Answer answer = sandbox.gateway().postFile("setGroupPicture", "groupId", group, "image/jpeg", picture());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        boolean done = situation == Situation.ADMIN;
        assertThat(answer.json().get("setGroupPicture").asBoolean()).isEqualTo(done);
        assertThat(answer.json().get("urlAvatar").asString().isEmpty()).isEqualTo(!done);
        assertThat(answer.reason())
                .isEqualTo(
                        switch (situation) {
                            case ADMIN -> Optional.empty();
                            case NOT_ADMIN -> Optional.of("not-an-admin");
                            case NOT_MEMBER -> Optional.of("not-a-member");
                            case NO_GROUP -> Optional.of("group-not-found");
                        });
        assertSeen(group, before, done ? List.of("picture") : List.of());
    }

    static Situation[] situations() {
        return Situation.values();
    }

    static Stream<String> methods() {
        return Stream.of(
                "updateGroupName",
                "getGroupData",
                "updateGroupSettings",
                "addGroupParticipant",
                "removeGroupParticipant",
                "setGroupAdmin",
                "removeAdmin",
                "leaveGroup");
    }

    @ParameterizedTest
    @MethodSource("methods")
    void whatNamesNoGroupReachesNobody(String method) {
        refuse(method, Map.of(), "'groupId' is required");
        refuse(method, Map.of("groupId", "team"), "'groupId' must be one of the next formats: 'group_id@g.us'");
    }

    @Test
    void whatMakesNoGroupReachesNobody() {
        refuse("createGroup", Map.of("chatIds", List.of()), "'groupName' is required");
        refuse(
                "createGroup",
                Map.of("groupName", "x", "chatIds", List.of("1@g.us")),
                "'chatIds[0]' must be one of the next formats: 'phone_number@c.us' or 'chat_id@lid'");
    }

    @Test
    void aPictureOfNoGroupReachesNobody() throws IOException {
        refused(
                sandbox.gateway().postFile("setGroupPicture", "groupId", "team", "image/jpeg", picture()),
                "'groupId' must be one of the next formats: 'group_id@g.us'");
    }

    private void refuse(String method, Map<String, Object> body, String detail) {
        refused(sandbox.gateway().post(method, body), detail);
    }

    private static void refused(Answer answer, String detail) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("message").asString()).isEqualTo("Validation failed. Details: " + detail);
    }
}
