package io.greenfinch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.gateway.http.ApiMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often each method may be called: what the documentation says, else ten times a second (green-api.md §2.5). */
class DocumentedRatesIT {

    private static final int UNDOCUMENTED = 10;

    private static final Map<Integer, String> PER_SECOND = Map.of(
            100,
            "receiveNotification deleteNotification",
            50,
            "sendMessage sendButtons sendTemplateButtons sendListMessage sendTemplate sendLocation sendLink sendContact "
                    + "sendFileByUrl sendFileByUpload sendPoll forwardMessages",
            10,
            "leaveGroup addGroupParticipant removeGroupParticipant setGroupAdmin removeAdmin getMessage readChat "
                    + "checkWhatsapp getAvatar deleteMessage archiveChat unarchiveChat deleteStatus",
            5,
            "downloadFile sendTextStatus sendVoiceStatus sendMediaStatus",
            3,
            "qr",
            1,
            "getSettings setSettings getStateInstance getStatusInstance reboot logout scanQrCode getWaSettings "
                    + "getChatHistory lastIncomingMessages lastOutgoingMessages createGroup updateGroupName getGroupData "
                    + "setGroupPicture getDeviceInfo getContacts getContactInfo getChats editMessage setDisappearingChat "
                    + "clearMessagesQueue showMessagesQueue getIncomingStatuses getOutgoingStatuses getStatusStatistic "
                    + "getMessagesCount getWebhooksCount sendInteractiveButtons sendInteractiveButtonsReply "
                    // One call per ten seconds; its window says so. The queue's own answer tells of its minute.
                    + "setProfilePicture "
                    // Ours: a hundred groups or people a call, or a new community.
                    + "leaveGroups addGroupParticipants removeGroupParticipants setGroupAdmins removeAdmins "
                    + "approveGroupJoinRequests rejectGroupJoinRequests linkCommunityGroups unlinkCommunityGroups "
                    + "createCommunity blockContact unblockContact getBlockedContacts getPrivacySettings setPrivacySettings");

    @Test
    void ratesAreAsDocumented(@TempDir Path data) {
        Map<String, Integer> documented = new HashMap<>();
        PER_SECOND.forEach((rate, names) -> {
            for (String name : names.toLowerCase(Locale.ROOT).split(" ")) {
                documented.put(name, rate);
            }
        });
        AllMethods.visit(
                data,
                methods -> assertThat(methods)
                        .hasSizeGreaterThan(70)
                        .extracting(ApiMethod::descriptor)
                        .allSatisfy(method -> {
                            String name = method.name().toLowerCase(Locale.ROOT);
                            assertThat(method.rate())
                                    .as(method.name())
                                    .isEqualTo(documented.getOrDefault(name, UNDOCUMENTED));
                            assertThat(method.window())
                                    .as(method.name())
                                    .isEqualTo(Duration.ofSeconds(name.equals("setprofilepicture") ? 10 : 1));
                        }));
    }
}
