package io.greenfinch.client.contact;

import io.greenfinch.client.group.Person;
import java.util.Optional;

/**
 * Whether somebody is on WhatsApp.
 *
 * @param person under the names that WhatsApp has; empty for who is not
 * @param cached whether WhatsApp told this earlier
 */
public record Registration(Optional<Person> person, boolean cached) {}
