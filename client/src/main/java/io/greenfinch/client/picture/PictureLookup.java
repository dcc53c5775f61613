package io.greenfinch.client.picture;

import io.greenfinch.client.group.Silence;

/** What a question for a picture told (specification §25). */
public sealed interface PictureLookup {

    /** The picture. */
    record Found(Picture picture) implements PictureLookup {}

    /** There is none (404): no picture, or nobody who could have one. */
    record None() implements PictureLookup {}

    /** It is not for us to see (401, 403). */
    record Hidden() implements PictureLookup {}

    /** WhatsApp refused with another code. */
    record Refused(int code) implements PictureLookup {}

    /** Nothing was learnt before the deadline, or the answer made no sense. */
    record NoAnswer(Silence why) implements PictureLookup {}
}
