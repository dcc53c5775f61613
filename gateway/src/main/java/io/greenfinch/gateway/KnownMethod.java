package io.greenfinch.gateway;

import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.MethodSpec;
import io.greenfinch.gateway.http.Verb;
import io.greenfinch.gateway.instance.Instance;
import java.util.List;

/**
 * A method of GREEN-API that this version does not offer, and says so: its name is known, so that a caller can tell it
 * from a misspelt one (docs/deviations.md).
 *
 * @param off whether GREEN-API itself has switched it off, and answers 403
 */
record KnownMethod(MethodSpec spec, boolean off) implements InstanceMethod {

    private static final List<InstanceMethod> NOT_OFFERED = List.of(
            known("sendMessage", Verb.POST, 50),
            known("sendPoll", Verb.POST, 50),
            known("sendFileByUpload", Verb.POST, 50),
            known("sendFileByUrl", Verb.POST, 50),
            known("uploadFile", Verb.POST, 10),
            known("sendLocation", Verb.POST, 50),
            known("sendContact", Verb.POST, 50),
            known("forwardMessages", Verb.POST, 50),
            known("sendInteractiveButtons", Verb.POST, 1),
            known("sendInteractiveButtonsReply", Verb.POST, 1),
            known("sendTyping", Verb.POST, 10),
            off("sendButtons", Verb.POST, 50),
            off("sendTemplateButtons", Verb.POST, 50),
            off("sendListMessage", Verb.POST, 50),
            known("sendLink", Verb.POST, 50),
            known("sendTemplate", Verb.POST, 50),
            known("receiveNotification", Verb.GET, 100),
            known("deleteNotification", Verb.DELETE, 100),
            known("downloadFile", Verb.POST, 5),
            known("getChatHistory", Verb.POST, 1),
            known("getMessage", Verb.POST, 10),
            known("lastIncomingMessages", Verb.GET, 1),
            known("lastOutgoingMessages", Verb.GET, 1),
            known("lastIncomingCalls", Verb.GET, 10),
            known("lastOutgoingCalls", Verb.GET, 10),
            known("showMessagesQueue", Verb.GET, 1),
            known("clearMessagesQueue", Verb.GET, 1),
            known("getMessagesCount", Verb.GET, 1),
            known("getWebhooksCount", Verb.GET, 1),
            known("clearWebhooksQueue", Verb.DELETE, 1),
            known("readChat", Verb.POST, 10),
            known("checkWhatsapp", Verb.POST, 10),
            known("getContacts", Verb.GET, 1),
            known("getContactInfo", Verb.POST, 1),
            known("getChats", Verb.GET, 1),
            known("editMessage", Verb.POST, 1),
            known("deleteMessage", Verb.POST, 10),
            known("archiveChat", Verb.POST, 10),
            known("unarchiveChat", Verb.POST, 10),
            known("setDisappearingChat", Verb.POST, 1),
            known("getAvatarAsync", Verb.POST, 10),
            known("addContact", Verb.POST, 10),
            known("editContact", Verb.POST, 10),
            known("deleteContact", Verb.POST, 10),
            known("sendTextStatus", Verb.POST, 5),
            known("sendVoiceStatus", Verb.POST, 5),
            known("sendMediaStatus", Verb.POST, 5),
            known("deleteStatus", Verb.POST, 10),
            known("getStatusStatistic", Verb.GET, 1),
            known("getIncomingStatuses", Verb.GET, 1),
            known("getOutgoingStatuses", Verb.GET, 1),
            known("getDeviceInfo", Verb.GET, 1),
            known("getProducts", Verb.POST, 10));

    /** All of them (green-api.md §3). */
    static List<InstanceMethod> notOffered() {
        return NOT_OFFERED;
    }

    private static KnownMethod known(String name, Verb verb, int perSecond) {
        return new KnownMethod(spec(name, verb, perSecond), false);
    }

    private static KnownMethod off(String name, Verb verb, int perSecond) {
        return new KnownMethod(spec(name, verb, perSecond), true);
    }

    private static MethodSpec spec(String name, Verb verb, int perSecond) {
        MethodSpec spec = MethodSpec.of(verb, name, perSecond);
        return verb == Verb.DELETE ? spec.takingExtra() : spec;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        return off
                ? Answer.error(403, "Forbidden")
                : Answer.error(501, "Method " + spec.name() + " is not implemented in this version of Greenfinch");
    }
}
