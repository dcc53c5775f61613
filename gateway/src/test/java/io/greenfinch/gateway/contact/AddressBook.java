package io.greenfinch.gateway.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who is in an address book, which chats are in the archive and which are muted, as somebody sees it; what is not so is not in it. */
final class AddressBook {

    static final String ARCHIVED = "archived";
    static final String MUTED = "muted";

    private static final JsonMapper JSON = new JsonMapper();

    private AddressBook() {}

    /** That somebody is a contact, by which name. */
    static String contact(String phone) {
        return "contact " + phone;
    }

    /** That a chat is in the archive. */
    static String archive(String phone) {
        return "archive " + phone;
    }

    /** That a chat makes no sound, which callers are not told. */
    static String mute(String phone) {
        return "mute " + phone;
    }

    /** As the phone sees it; every MAC that it has seen was right. */
    static Map<String, String> onPhone(SimulatedWorld world, String person, Collection<String> phones) {
        Map<String, String> seen = new TreeMap<>();
        for (JsonNode collection : world.appState(person)) {
            assertThat(collection.path("broken").booleanValue())
                    .as(collection.path("collection").stringValue())
                    .isFalse();
            for (JsonNode entry : collection.path("entries")) {
                String whom = entry.path("index").path(1).asString("").replaceFirst("@s\\.whatsapp\\.net$", "");
                if (phones.contains(whom)) {
                    put(seen, entry, whom);
                }
            }
        }
        return seen;
    }

    private static void put(Map<String, String> seen, JsonNode entry, String whom) {
        String what = entry.path("index").path(0).stringValue();
        if (what.equals("contact")) {
            seen.put(contact(whom), entry.path("fullName").stringValue());
        } else if (what.equals("archive") && entry.path("on").booleanValue()) {
            seen.put(archive(whom), ARCHIVED);
        } else if (what.equals("mute") && entry.path("on").booleanValue()) {
            seen.put(mute(whom), MUTED);
        }
    }

    /** As callers of a gateway see it; everybody is told once. */
    static Map<String, String> inGateway(TestGateway gateway, Gateway.NewInstance instance, Collection<String> phones) {
        Map<String, String> seen = contacts(gateway, instance, phones);
        List<JsonNode> chats = list(gateway, instance, "getChats");
        for (String phone : phones) {
            if (one(chats, phone).path("archive").booleanValue()) {
                seen.put(archive(phone), ARCHIVED);
            }
        }
        return seen;
    }

    /** The contacts alone. */
    static Map<String, String> contacts(TestGateway gateway, Gateway.NewInstance instance, Collection<String> phones) {
        Map<String, String> seen = new TreeMap<>();
        List<JsonNode> contacts = list(gateway, instance, "getContacts");
        for (String phone : phones) {
            String name = one(contacts, phone).path("contactName").asString("");
            if (!name.isEmpty()) {
                seen.put(contact(phone), name);
            }
        }
        return seen;
    }

    private static JsonNode one(List<JsonNode> all, String phone) {
        List<JsonNode> found = all.stream()
                .filter(each -> each.path("id").stringValue().equals(phone + "@c.us"))
                .toList();
        assertThat(found).as(phone).hasSizeLessThanOrEqualTo(1);
        return found.isEmpty() ? JSON.createObjectNode() : found.getFirst();
    }

    private static List<JsonNode> list(TestGateway gateway, Gateway.NewInstance instance, String method) {
        HttpResponse<String> response = gateway.get(TestGateway.path(instance, method));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body()).valueStream().toList();
    }
}
