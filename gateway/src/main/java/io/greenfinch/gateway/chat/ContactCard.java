package io.greenfinch.gateway.chat;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Somebody's card, as it is sent (green-api.md §5.7). Immutable; {@link #toString} does not show it.
 *
 * @param phone the number, digits only
 * @param firstName may be empty, as the others; one of them is not
 */
public record ContactCard(String phone, String firstName, String middleName, String lastName, String company) {

    /** What a chat shows of it. */
    public String displayName() {
        String name = Stream.of(firstName, middleName, lastName)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(" "));
        return name.isEmpty() ? company : name;
    }

    /** As a vCard 3.0 (RFC 2426); the number names the account on WhatsApp as well. */
    public String vcard() {
        StringBuilder card = new StringBuilder("BEGIN:VCARD\nVERSION:3.0\n")
                .append("N:%s;%s;%s;;\n".formatted(escaped(lastName), escaped(firstName), escaped(middleName)))
                .append("FN:%s\n".formatted(escaped(displayName())));
        if (!company.isBlank()) {
            card.append("ORG:%s\n".formatted(escaped(company)));
        }
        return card.append("TEL;type=CELL;type=VOICE;waid=%s:+%s\n".formatted(phone, phone))
                .append("END:VCARD")
                .toString();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\r", "")
                .replace("\n", "\\n")
                .replace(",", "\\,")
                .replace(";", "\\;");
    }

    @Override
    public String toString() {
        return "ContactCard[hidden]";
    }
}
