package io.greenfinch.interop.delivery;

import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.Subject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Holds what all witnesses have seen against what was taken. */
final class Reckoning {

    private static final int WHOLE_CHAT = 10_000;

    private final Correspondences correspondences;
    private final Function<String, Witness> screens;
    private final Collection<Poller> pollers;

    /**
     * A reckoning.
     *
     * @param screens what the phone of somebody showed, by name
     */
    Reckoning(Correspondences correspondences, Function<String, Witness> screens, Collection<Poller> pollers) {
        this.correspondences = correspondences;
        this.screens = screens;
        this.pollers = pollers;
    }

    /** How many texts have still to come to somebody. */
    long missing() {
        long missing = 0;
        for (Lane lane : correspondences.lanes()) {
            SortedMap<Long, Lane.Taken> taken = lane.taken();
            for (Person person : lane.correspondence.everybody()) {
                missing += Delivered.missing(
                                withoutThoseOf(person, taken), screen(person).of(lane))
                        .size();
            }
            for (Poller poller : pollersOf(lane)) {
                missing += Delivered.missing(taken, poller.witness().of(lane)).size();
            }
        }
        return missing;
    }

    /** Every difference, as a sentence. */
    List<String> differences(URI apiUrl) {
        List<String> found = new ArrayList<>();
        Map<Subject, Witness> journals = new HashMap<>();
        correspondences.subjects().forEach(subject -> journals.put(subject, journal(subject, apiUrl, found)));
        for (Lane lane : correspondences.lanes()) {
            SortedMap<Long, Lane.Taken> taken = withThoseThatTheJournalHas(lane, journals);
            Set<Long> unanswered = lane.unanswered();
            for (Person person : lane.correspondence.everybody()) {
                found.addAll(Delivered.differences(
                        screen(person).name + ", " + lane.name,
                        withoutThoseOf(person, taken),
                        taken.keySet(),
                        screen(person).of(lane),
                        lane.correspondence.group().orElse("")));
            }
            for (Poller poller : pollersOf(lane)) {
                String chat = lane.correspondence.chatId(poller.subject());
                Witness journal = Objects.requireNonNull(journals.get(poller.subject()));
                found.addAll(Delivered.differences(
                        poller.witness().name + ", " + lane.name,
                        taken,
                        unanswered,
                        poller.witness().of(lane),
                        chat));
                found.addAll(Delivered.differences(
                        journal.name + ", " + lane.name, taken, unanswered, journal.of(lane), chat));
            }
            found.addAll(statuses(lane, taken));
        }
        correspondences.all().stream()
                .flatMap(correspondence -> correspondence.everybody().stream())
                .distinct()
                .forEach(person -> found.addAll(screen(person).strange()));
        pollers.forEach(poller -> {
            found.addAll(poller.untruths());
            found.addAll(poller.witness().strange());
        });
        journals.values().forEach(journal -> found.addAll(journal.strange()));
        return found;
    }

    /** What nobody was told of and was taken all the same is to be treated like everything else. */
    private static SortedMap<Long, Lane.Taken> withThoseThatTheJournalHas(Lane lane, Map<Subject, Witness> journals) {
        SortedMap<Long, Lane.Taken> taken = new TreeMap<>(lane.taken());
        lane.sender()
                .ifPresent(sender -> Objects.requireNonNull(journals.get(sender)).of(lane).stream()
                        .filter(sighting -> lane.unanswered().contains(sighting.number()))
                        .forEach(sighting ->
                                taken.put(sighting.number(), new Lane.Taken(sighting.id(), Optional.empty()))));
        return taken;
    }

    /** Phones are not told what was written on them; that they show it all the same is no matter. */
    private static SortedMap<Long, Lane.Taken> withoutThoseOf(Person person, SortedMap<Long, Lane.Taken> taken) {
        SortedMap<Long, Lane.Taken> others = new TreeMap<>(taken);
        others.values().removeIf(text -> text.writer().filter(person::equals).isPresent());
        return others;
    }

    private Witness screen(Person person) {
        return screens.apply(person.name());
    }

    private List<Poller> pollersOf(Lane lane) {
        return pollers.stream()
                .filter(poller -> lane.correspondence.ours().contains(poller.subject()))
                .toList();
    }

    private List<String> statuses(Lane lane, SortedMap<Long, Lane.Taken> taken) {
        List<String> found = new ArrayList<>();
        lane.sender()
                .ifPresent(sender -> pollersOf(lane).stream()
                        .filter(poller -> poller.subject().equals(sender))
                        .forEach(poller -> taken.forEach((number, text) -> {
                            int sent = poller.told(text.id(), "sent");
                            int delivered = poller.told(text.id(), "delivered");
                            if (sent != 1 || delivered != 1) {
                                found.add("%s, %s: number %d (%s) told as sent %d times, as delivered %d times"
                                        .formatted(
                                                poller.witness().name, lane.name, number, text.id(), sent, delivered));
                            }
                        })));
        return found;
    }

    private Witness journal(Subject subject, URI apiUrl, List<String> found) {
        Witness journal = new Witness("journal of " + subject.account().name());
        for (Correspondence correspondence : correspondences.all()) {
            if (correspondence.ours().contains(subject)) {
                JsonNode items = subject.at(apiUrl)
                        .post("getChatHistory", Map.of("chatId", correspondence.chatId(subject), "count", WHOLE_CHAT))
                        .json();
                for (int i = items.size() - 1; i >= 0; i--) {
                    JsonNode item = items.get(i);
                    journal.saw(
                            item.get("textMessage").asString(),
                            item.get("idMessage").asString(),
                            item.get("chatId").asString());
                    String status = item.path("statusMessage").asString("sent");
                    if (!status.equals("sent") && !status.equals("delivered")) {
                        found.add("%s: %s is %s"
                                .formatted(journal.name, item.get("idMessage").asString(), status));
                    }
                }
            }
        }
        return journal;
    }
}
