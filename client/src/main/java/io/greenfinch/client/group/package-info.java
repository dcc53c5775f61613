/**
 * Groups: their state, membership, leaving, changing, creating, invite links and join requests (specification §16 to §19). Everything
 * about a group and nothing about a single person.
 */
@NullMarked
package io.greenfinch.client.group;

import org.jspecify.annotations.NullMarked;
