package io.greenfinch.interop.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.peer.Peer;
import io.greenfinch.interop.peer.PeerEvent;
import io.greenfinch.interop.peer.PeerEvent.Changed;
import io.greenfinch.interop.peer.PeerEvent.Joined;
import io.greenfinch.interop.peer.PeerEvent.PictureChanged;
import io.greenfinch.interop.peer.PeerEvent.Renamed;
import io.greenfinch.interop.peer.PeerEvent.SettingChanged;
import io.greenfinch.interop.peer.PeerGroup;
import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.peer.PeerRefusedException;
import io.greenfinch.interop.service.Gateway.Answer;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.Sandbox;
import io.greenfinch.interop.service.SimulatorAdmin;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every group method, in every situation: its answer, what the service has then, and what a member who is a Baileys client
 * was told and finds when it asks. Each row has a group of its own: Olga's, with the witness, Carol and Dora in it, and with
 * us, or made by us.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NeedsPeers
class GroupMethodsIT {
    private static final String UNKNOWN = "120363999999999999@g.us";
    private static final AtomicInteger FENCES = new AtomicInteger();

    private Sandbox sandbox;
    private SimulatorAdmin simulator;
    private Peer witness;
    private Map<String, Person> people;
    private Person us;

    /** Where we stand towards the group. */
    enum Situation {
        ADMIN,
        NOT_ADMIN,
        NOT_MEMBER,
        NO_GROUP
    }

    /**
     * What is called, and what is to come of it.
     *
     * @param person who it is done to, by name
     * @param more further fields of the request
     * @param after how the group is afterwards, made from how it was
     * @param seen what the witness is told of it, in order
     */
    record Row(
            String method,
            Situation situation,
            Optional<String> person,
            Map<String, Object> more,
            Answer answer,
            UnaryOperator<View> after,
            List<String> seen) {
        @Override
        public String toString() {
            return method + " " + situation.name().toLowerCase(Locale.ROOT);
        }
    }

    /** A group, and the phone numbers of those in it, to say what is to become of it. */
    record View(GroupView group, Map<String, Person> people) {
        View named(String subject) {
            return new View(group.named(subject), people);
        }

        View closed() {
            return new View(group.closed(), people);
        }

        View with(String name, String rank) {
            return new View(group.with(phone(name), rank), people);
        }

        View without(String name) {
            return new View(group.without(phone(name)), people);
        }

        private String phone(String name) {
            return Objects.requireNonNull(people.get(name), name).phone();
        }
    }

    @BeforeAll
    void link(@TempDir Path data) {
        sandbox = Sandbox.start(data.resolve("sandbox"));
        simulator = sandbox.simulator();
        us = simulator.person(
                sandbox.gateway().get("getWaSettings").json().get("phone").asString());
        witness = Peer.start(PeerKind.BAILEYS, "Bella", simulator);
        people = new HashMap<>();
        people.put("us", us);
        people.put("Bella", witness.link(simulator));
        for (String name : List.of("Olga", "Carola", "Dora", "Emil")) {
            people.put(name, simulator.createPerson(name));
        }
    }

    @AfterAll
    void stop() {
        witness.close();
        sandbox.close();
    }

    static Stream<Row> rows() {
        List<Row> rows = new ArrayList<>();
        onPerson(
                rows, "addGroupParticipant", "addParticipant", "Emil", view -> view.with("Emil", "member"), "add Emil");
        onPerson(
                rows,
                "removeGroupParticipant",
                "removeParticipant",
                "Carola",
                view -> view.without("Carola"),
                "remove Carola");
        onPerson(
                rows,
                "setGroupAdmin",
                "setGroupAdmin",
                "Carola",
                view -> view.with("Carola", "admin"),
                "promote Carola");
        onPerson(rows, "removeAdmin", "removeAdmin", "Dora", view -> view.with("Dora", "member"), "demote Dora");
        onGroup(
                rows,
                "updateGroupName",
                Map.of("groupName", "Crew"),
                "{\"updateGroupName\":true}",
                reason -> "{\"updateGroupName\":false}",
                view -> view.named("Crew"),
                "subject Crew");
        onGroup(
                rows,
                "updateGroupSettings",
                Map.of("allowParticipantsEditGroupSettings", false, "allowParticipantsSendMessages", false),
                "{\"updateGroupSettings\":true}",
                reason -> "{\"updateGroupSettings\":false,\"reason\":\""
                        + (reason.equals("not-an-admin") ? "FORBIDDEN" : "NOT_ENOUGH_RIGHTS") + "\"}",
                View::closed,
                "locked on",
                "announcement on");
        Map<String, Object> nothing = Map.of();
        rows.add(row(
                "leaveGroup",
                Situation.ADMIN,
                nothing,
                Answer.ok("{\"removeAdmin\":true}"),
                view -> view.without("us"),
                "leave us"));
        rows.add(row(
                "leaveGroup",
                Situation.NOT_ADMIN,
                nothing,
                Answer.ok("{\"leaveGroup\":true}"),
                view -> view.without("us"),
                "leave us"));
        String stays = "{\"leaveGroup\":false}";
        rows.add(refused("leaveGroup", Situation.NOT_MEMBER, nothing, Answer.ok(stays, "not-a-member")));
        rows.add(refused("leaveGroup", Situation.NO_GROUP, nothing, Answer.ok(stays, "group-not-found")));
        rows.add(refused("getGroupData", Situation.NOT_MEMBER, nothing, Answer.ok("\"Error: forbidden\"")));
        rows.add(refused("getGroupData", Situation.NO_GROUP, nothing, Answer.ok("\"Error: item-not-found\"")));
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
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

    private static void onPerson(
            List<Row> rows, String method, String flag, String person, UnaryOperator<View> after, String seen) {
        rows.add(new Row(
                method,
                Situation.ADMIN,
                Optional.of(person),
                Map.of(),
                Answer.ok("{\"" + flag + "\":true}"),
                after,
                List.of(seen)));
        refusals()
                .forEach((situation, reason) -> rows.add(new Row(
                        method,
                        situation,
                        Optional.of(person),
                        Map.of(),
                        Answer.ok("{\"" + flag + "\":false}", reason),
                        view -> view,
                        List.of())));
    }

    private static void onGroup(
            List<Row> rows,
            String method,
            Map<String, Object> more,
            String done,
            UnaryOperator<String> refusal,
            UnaryOperator<View> after,
            String... seen) {
        rows.add(row(method, Situation.ADMIN, more, Answer.ok(done), after, seen));
        refusals()
                .forEach((situation, reason) ->
                        rows.add(refused(method, situation, more, Answer.ok(refusal.apply(reason), reason))));
    }

    private static Map<Situation, String> refusals() {
        return Map.of(
                Situation.NOT_ADMIN, "not-an-admin",
                Situation.NOT_MEMBER, "not-a-member",
                Situation.NO_GROUP, "group-not-found");
    }

    private static Row row(
            String method,
            Situation situation,
            Map<String, Object> more,
            Answer answer,
            UnaryOperator<View> after,
            String... seen) {
        return new Row(method, situation, Optional.empty(), more, answer, after, List.of(seen));
    }

    private static Row refused(String method, Situation situation, Map<String, Object> more, Answer answer) {
        return row(method, situation, more, answer, view -> view);
    }

    /** A group in which Dora and, besides Olga, nobody but us in the first situation is an admin. */
    private String group(Situation situation) {
        if (situation == Situation.NO_GROUP) {
            return UNKNOWN;
        }
        List<String> members = new ArrayList<>(List.of(phone("Bella"), phone("Carola"), phone("Dora")));
        if (situation != Situation.NOT_MEMBER) {
            members.add(us.phone());
        }
        String group = simulator.createGroup("Team", "lid", phone("Olga"), members.toArray(String[]::new));
        act(group, "promote", Map.of("targets", List.of(phone("Dora"))));
        if (situation == Situation.ADMIN) {
            act(group, "promote", Map.of("targets", List.of(us.phone())));
        } else {
            act(group, "locked", Map.of("on", true));
            act(group, "adminsAdd", Map.of("on", true));
        }
        return group;
    }

    private void act(String group, String action, Map<String, Object> more) {
        assertThat(simulator.act(group, phone("Olga"), action, more)).isTrue();
    }

    private Optional<GroupView> view(String group) {
        return group.equals(UNKNOWN) ? Optional.empty() : Optional.of(GroupView.of(simulator.group(group)));
    }

    /** The service has it so, the witness finds it so, and was told this of what we did, and no more. */
    private void assertSeen(String group, Optional<GroupView> expected, List<String> seen) {
        assertThat(view(group)).isEqualTo(expected);
        if (expected.isPresent()) {
            assertThat(GroupView.of(witness.group(group))).isEqualTo(expected.get());
        } else {
            assertThatThrownBy(() -> witness.group(group)).isInstanceOf(PeerRefusedException.class);
        }
        // What Baileys was told before it learns of the next group is told by then.
        String fence = create("Fence " + FENCES.incrementAndGet(), "Bella")
                .json()
                .get("chatId")
                .asString();
        witness.await(Joined.class, event -> event.group().id().equals(fence));
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(seenOfUs(group)).isEqualTo(seen));
    }

    private List<String> seenOfUs(String group) {
        return witness.seen(PeerEvent.class).stream()
                .flatMap(event -> ours(event, group).stream())
                .toList();
    }

    private Optional<String> ours(PeerEvent event, String group) {
        return switch (event) {
            case Changed(String in, var kind, var actor, var whom)
            when in.equals(group) && byUs(actor) ->
                Optional.of(kind.name().toLowerCase(Locale.ROOT) + " "
                        + String.join(",", whom.stream().map(this::name).toList()));
            case Renamed(String in, var actor, String subject)
            when in.equals(group) && byUs(actor) -> Optional.of("subject " + subject);
            case SettingChanged(String in, var actor, String name, boolean on)
            when in.equals(group) && byUs(actor) -> Optional.of(name + (on ? " on" : " off"));
            case PictureChanged(String in, var actor) when in.equals(group) && byUs(actor) -> Optional.of("picture");
            default -> Optional.empty();
        };
    }

    private boolean byUs(Optional<String> actor) {
        return actor.filter(us::isNamed).isPresent();
    }

    private String name(String jid) {
        return people.entrySet().stream()
                .filter(entry -> entry.getValue().isNamed(jid))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(jid);
    }

    private Answer create(String subject, String... members) {
        List<String> chatIds = Stream.of(members).map(this::chatId).toList();
        return sandbox.gateway().post("createGroup", Map.of("groupName", subject, "chatIds", chatIds));
    }

    private String chatId(String name) {
        return phone(name) + "@c.us";
    }

    private String phone(String name) {
        return Objects.requireNonNull(people.get(name), name).phone();
    }

    private static byte[] picture() throws IOException {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(640, 640, BufferedImage.TYPE_INT_RGB), "jpg", jpeg);
        return jpeg.toByteArray();
    }
}
