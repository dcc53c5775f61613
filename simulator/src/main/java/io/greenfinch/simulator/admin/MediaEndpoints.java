package io.greenfinch.simulator.admin;

import io.greenfinch.simulator.media.MediaHost;
import java.util.Map;

/** What becomes of stored files, and of who may store some. */
final class MediaEndpoints {

    private MediaEndpoints() {}

    static void register(AdminHandler admin, MediaHost media) {
        admin.on("POST", "/admin/media/expire", request -> {
                    Input input = request.input();
                    boolean phones = input.flag("phones").orElse(false);
                    input.end();
                    int expired = media.expire();
                    if (phones) {
                        media.forgetOnPhones();
                    }
                    return AdminAnswer.ok(Map.of("expired", expired));
                })
                .on("POST", "/admin/media/end-permits", request -> {
                    request.input().end();
                    media.endPermits();
                    return AdminAnswer.nothing();
                });
    }
}
