package io.greenfinch.interop.scenario;

import io.greenfinch.interop.service.Gateway.Answer;
import io.greenfinch.interop.service.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What each group method is to answer in each situation, and what becomes of the group. */
final class GroupMethodTable {

    private GroupMethodTable() {}

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

    /** All rows. */
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
}
