package io.greenfinch.interop.methods;

import io.greenfinch.interop.service.Person;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;

/** Pictures of the account, of its groups and of people. */
final class PictureMethods implements Area {

    private static final int SIDE = 640;
    private static final byte[] JPEG = jpeg();

    /** Where too many pictures are being made. */
    private static final String BUSY = "429 busy";

    private final Caller caller;

    PictureMethods(Caller caller) {
        this.caller = caller;
    }

    static byte[] jpeg() {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB), "jpg", jpeg);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jpeg.toByteArray();
    }

    @Override
    public Calls methods() {
        return new Calls()
                .with("setProfilePicture", _ -> profile())
                .with("setGroupPicture", this::group)
                .with(
                        "getAvatarAsync",
                        random -> caller.post(
                                "getAvatarAsync",
                                Map.of("chatId", caller.anyPerson(random).phone() + "@c.us")))
                .with("getAvatar", this::avatar);
    }

    private static String id(Optional<JsonNode> picture) {
        return picture.map(each -> each.get("id").asString()).orElse("");
    }

    private void profile() {
        String before = id(caller.simulator().picture(caller.phone(), caller.phone()));
        Told told = caller.judged(
                "setProfilePicture", caller.gateway().postFile("setProfilePicture", "image/jpeg", JPEG), BUSY);
        String after = id(caller.simulator().picture(caller.phone(), caller.phone()));
        holdChanged("setProfilePicture", told, "the account", before, after);
    }

    private void holdChanged(String method, Told told, String whose, String before, String after) {
        String state = "%s, %s before, %s afterwards, was told: %s".formatted(whose, before, after, told);
        if (told.flag(method)) {
            caller.hold(!after.isEmpty() && !after.equals(before), method, state);
        } else if (!told.unknown()) {
            caller.hold(after.equals(before), method, state);
        }
    }

    private void group(RandomGenerator random) {
        Room room = caller.anyRoom(random);
        room.turn.lock();
        try {
            String before = id(caller.simulator().groupPicture(room.id, room.host.phone()));
            Told told = caller.judged(
                    "setGroupPicture",
                    caller.gateway().postFile("setGroupPicture", "groupId", room.id, "image/jpeg", JPEG),
                    BUSY);
            String after = id(caller.simulator().groupPicture(room.id, room.host.phone()));
            if (told.unknown()) {
                room.unknown();
            } else if (!room.uncertain()) {
                holdChanged("setGroupPicture", told, room.id, before, after);
            }
        } finally {
            room.turn.unlock();
        }
    }

    private void avatar(RandomGenerator random) {
        Person person = caller.anyPerson(random);
        Told told = caller.post("getAvatar", Map.of("chatId", person.phone() + "@c.us"));
        if (told.done() && !told.reason().equals("unknown") && !told.reason().equals("not-sent")) {
            Optional<JsonNode> picture = caller.simulator().picture(person.phone(), caller.phone());
            caller.hold(
                    told.flag("available") == picture.isPresent() || Told.failure(told.reason()),
                    "getAvatar",
                    "%s, was told: %s".formatted(picture.isPresent() ? "there is one" : "there is none", told));
        }
    }
}
