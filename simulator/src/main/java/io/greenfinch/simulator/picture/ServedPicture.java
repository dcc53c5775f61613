package io.greenfinch.simulator.picture;

/**
 * The picture of a person or a group.
 *
 * @param id what clients compare to see whether it is still the same
 * @param file the last segment of the path it is served at, which nobody can guess
 * @param jpeg its bytes; not to be changed
 */
public record ServedPicture(String id, String file, byte[] jpeg) {

    /** Under this path pictures are served. */
    public static final String FOLDER = "/pictures/";

    /** Where it is served, without host (specification §25, {@code direct_path}). */
    public String path() {
        return FOLDER + file;
    }

    @Override
    public String toString() {
        return "Picture[" + id + ", " + jpeg.length + " bytes]";
    }
}
