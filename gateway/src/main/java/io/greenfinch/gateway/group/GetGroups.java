package io.greenfinch.gateway.group;

import io.greenfinch.client.Account;
import io.greenfinch.client.Session;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.group.Role;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.ObjectShape;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.protocol.binary.Jid;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lists the groups that the account is in, with its role, their size and their community, as far as the session knows them; WhatsApp is not asked. An
 * extension of Greenfinch.
 */
public final class GetGroups implements ApiMethod.OfSession {

    /** A group, and what is known of it. */
    private record Listed(Jid id, Optional<Group> known, Optional<Role> own) {

        String subject() {
            return known.map(Group::subject).orElse("");
        }

        Optional<String> role() {
            return own.map(role -> role.name().toLowerCase(Locale.ROOT));
        }

        Optional<Integer> size() {
            return known.filter(Group::complete)
                    .map(group -> group.participants().size());
        }

        Optional<Boolean> told(Function<Group.Settings, Boolean> question) {
            return known.map(Group::settings).map(question);
        }

        Optional<String> community() {
            return known.flatMap(group -> group.settings().parent()).map(Jid::toString);
        }
    }

    private static final ObjectShape<Listed> GROUP = ObjectShape.of(Listed.class)
            .with("groupId", ChatIds.GROUP_SHAPE, of -> of.id.toString())
            .text("subject", Listed::subject)
            .maybe("role", Shape.words("member", "admin", "superadmin"), Listed::role)
            .maybe("size", GetGroupData.COUNT, Listed::size)
            .maybe("isCommunity", Shape.FLAG, of -> of.told(Group.Settings::community))
            .maybe("isCommunityAnnounce", Shape.FLAG, of -> of.told(Group.Settings::defaultSubGroup))
            .maybe("communityId", ChatIds.GROUP_SHAPE, Listed::community);

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("getGroups", 10)
                .with(Trait.SAFE)
                .answering(Shape.list(GROUP.shape().named("ListedGroup")));
    }

    @Override
    public Reply handle(Call call, Session session) {
        Optional<Account> account = session.account().status().account();
        List<Listed> groups = session.groups().known().stream()
                .map(id -> listed(session, id, account))
                .sorted(Comparator.comparing(Listed::subject).thenComparing(group -> group.id.toString()))
                .toList();
        return Reply.ok(GROUP.all(groups));
    }

    private static Listed listed(Session session, Jid id, Optional<Account> account) {
        Optional<Group> known = session.groups().cached(id);
        Optional<Role> own =
                known.flatMap(group -> account.flatMap(group::participant).map(participant -> participant.role()));
        return new Listed(id, known, own);
    }
}
