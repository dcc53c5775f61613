package io.greenfinch.interop.methods;

import io.greenfinch.interop.service.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Status updates, each for people who are named. */
final class StatusMethods implements Area {

    private static final String CHAT = "status@broadcast";
    private static final String MINUTES = "minutes=120";

    private final Caller caller;
    private final Screens screens;
    private final List<Posted> posted = new ArrayList<>();
    private final Set<String> takenBack = new HashSet<>();
    private int last;

    StatusMethods(Caller caller, Screens screens) {
        this.caller = caller;
        this.screens = screens;
    }

    /** An update that the gateway has taken, and who may see it. */
    private record Posted(SentMessage message, List<Person> audience) {}

    @Override
    public Calls methods() {
        return new Calls()
                .with("sendTextStatus", this::text)
                .with("sendMediaStatus", this::media)
                .with("sendVoiceStatus", this::voice)
                .with("deleteStatus", this::delete)
                .with("getStatusStatistic", this::statistic)
                .with("getIncomingStatuses", _ -> caller.query("getIncomingStatuses", "minutes=5"))
                .with("getOutgoingStatuses", _ -> caller.query("getOutgoingStatuses", "minutes=5"));
    }

    private String newText() {
        return "status-%s %d".formatted(caller.instance(), ++last);
    }

    private void text(RandomGenerator random) {
        String text = newText();
        post("sendTextStatus", Map.of("message", text, "font", "SERIF"), text, random);
    }

    private void media(RandomGenerator random) {
        String caption = newText();
        String link = FileMethods.link(caller, "image/jpeg", caption);
        Map<String, Object> body = Map.of("urlFile", link, "fileName", "a.jpg", "caption", caption);
        post("sendMediaStatus", body, "[image] " + caption, random);
    }

    private void voice(RandomGenerator random) {
        String link = FileMethods.link(caller, "audio/ogg", newText());
        post("sendVoiceStatus", Map.of("urlFile", link, "fileName", "a.ogg"), "[audio]", random);
    }

    private void post(String method, Map<String, Object> fields, String shown, RandomGenerator random) {
        List<Person> audience = caller.people().stream()
                .filter(_ -> random.nextInt(3) == 0)
                .collect(Collectors.toCollection(ArrayList::new));
        if (audience.isEmpty()) {
            audience.add(caller.anyPerson(random));
        }
        Map<String, Object> body = new HashMap<>(fields);
        body.put(
                "participants",
                audience.stream().map(person -> person.phone() + "@c.us").toList());
        Told told = caller.post(method, body);
        if (told.done()) {
            posted.add(
                    new Posted(new SentMessage(told.json().get("idMessage").asString(), method, shown, ""), audience));
        }
    }

    private void delete(RandomGenerator random) {
        if (!posted.isEmpty()) {
            String id = Caller.any(posted, random).message.id();
            if (caller.post("deleteStatus", Map.of("idMessage", id)).done()) {
                takenBack.add(id);
            }
        }
    }

    private void statistic(RandomGenerator random) {
        if (!posted.isEmpty()) {
            Posted one = Caller.any(posted, random);
            Set<String> listed = listed(one);
            listed.removeAll(names(one));
            caller.hold(listed.isEmpty(), "getStatusStatistic", "others than those who were named: " + one.message);
        }
    }

    /** Whom the statistic of an update lists. */
    private Set<String> listed(Posted update) {
        return caller.query("getStatusStatistic", "idMessage=" + update.message.id())
                .json()
                .valueStream()
                .map(each -> each.get("participant").asString())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<String> names(Posted update) {
        return update.audience.stream().map(person -> person.phone() + "@c.us").collect(Collectors.toSet());
    }

    @Override
    public List<String> differences() {
        List<String> found = new ArrayList<>();
        Map<String, JsonNode> told = caller.query("getOutgoingStatuses", MINUTES)
                .json()
                .valueStream()
                .collect(Collectors.toMap(each -> each.get("idMessage").asString(), each -> each));
        for (Posted update : posted) {
            JsonNode item = told.get(update.message.id());
            if (item == null) {
                if (!takenBack.contains(update.message.id())) {
                    found.add("getOutgoingStatuses: %s is not there".formatted(update.message));
                }
                continue;
            }
            String status = item.get("statusMessage").asString();
            if (!status.equals("failed") && !listed(update).equals(names(update))) {
                found.add("getStatusStatistic: %s does not list all who were named".formatted(update.message));
            }
            for (Person person : caller.people()) {
                boolean sees = screens.of(person).shows(update.message, CHAT);
                boolean may = update.audience.contains(person) && !status.equals("failed");
                if (sees != may) {
                    found.add("%s, %s: %s %s it"
                            .formatted(update.message, status, person.name(), sees ? "sees" : "does not see"));
                }
            }
        }
        return found;
    }
}
