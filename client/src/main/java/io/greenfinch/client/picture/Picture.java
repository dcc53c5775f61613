package io.greenfinch.client.picture;

import java.net.URI;

/**
 * A picture as WhatsApp tells of it. The address is good for whoever has it, so {@link #toString} does not show it.
 *
 * @param id changes with the picture
 * @param url where its bytes can be fetched, for some time; {@code http} or {@code https}
 */
public record Picture(String id, URI url) {

    @Override
    public String toString() {
        return "Picture[" + id + "]";
    }
}
