package io.greenfinch.client.picture;

/** Which form of a picture is meant. */
public enum PictureSize {
    /** As it was uploaded, as a rule 640 pixels wide. */
    IMAGE("image"),
    /** A small one. */
    PREVIEW("preview");

    private final String wire;

    PictureSize(String wire) {
        this.wire = wire;
    }

    String wire() {
        return wire;
    }
}
