/** How people come into groups by themselves: invite links, invitations, requests to join (specification §16.7). */
@NullMarked
package io.greenfinch.client.door;

import org.jspecify.annotations.NullMarked;
