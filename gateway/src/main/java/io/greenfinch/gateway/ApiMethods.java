package io.greenfinch.gateway;

import io.greenfinch.gateway.account.ConfirmPasskey;
import io.greenfinch.gateway.account.GetAuthorizationCode;
import io.greenfinch.gateway.account.GetDeviceInfo;
import io.greenfinch.gateway.account.GetPasskeyChallenge;
import io.greenfinch.gateway.account.GetPrivacySettings;
import io.greenfinch.gateway.account.GetSettings;
import io.greenfinch.gateway.account.GetStateInstance;
import io.greenfinch.gateway.account.GetStateInstanceHistory;
import io.greenfinch.gateway.account.GetStatusInstance;
import io.greenfinch.gateway.account.GetWaSettings;
import io.greenfinch.gateway.account.Logout;
import io.greenfinch.gateway.account.Qr;
import io.greenfinch.gateway.account.Reboot;
import io.greenfinch.gateway.account.ScanQrCode;
import io.greenfinch.gateway.account.SendPasskeyAnswer;
import io.greenfinch.gateway.account.SetPrivacySettings;
import io.greenfinch.gateway.account.SetSettings;
import io.greenfinch.gateway.account.SettingFields;
import io.greenfinch.gateway.account.UpdateApiToken;
import io.greenfinch.gateway.business.GetProducts;
import io.greenfinch.gateway.contact.AddContact;
import io.greenfinch.gateway.contact.ArchiveChat;
import io.greenfinch.gateway.contact.BlockContact;
import io.greenfinch.gateway.contact.ChatList;
import io.greenfinch.gateway.contact.CheckWhatsapp;
import io.greenfinch.gateway.contact.DeleteContact;
import io.greenfinch.gateway.contact.EditContact;
import io.greenfinch.gateway.contact.GetBlockedContacts;
import io.greenfinch.gateway.contact.GetChats;
import io.greenfinch.gateway.contact.GetContactInfo;
import io.greenfinch.gateway.contact.GetContacts;
import io.greenfinch.gateway.contact.ReadChat;
import io.greenfinch.gateway.contact.SetDisappearingChat;
import io.greenfinch.gateway.group.AddGroupParticipant;
import io.greenfinch.gateway.group.ChangeCommunityGroups;
import io.greenfinch.gateway.group.ChangeParticipants;
import io.greenfinch.gateway.group.CreateCommunity;
import io.greenfinch.gateway.group.CreateGroup;
import io.greenfinch.gateway.group.DecideJoinRequests;
import io.greenfinch.gateway.group.GetCommunityGroups;
import io.greenfinch.gateway.group.GetGroupData;
import io.greenfinch.gateway.group.GetGroupInfoByLink;
import io.greenfinch.gateway.group.GetGroupJoinRequests;
import io.greenfinch.gateway.group.GetGroups;
import io.greenfinch.gateway.group.InviteLinks;
import io.greenfinch.gateway.group.JoinGroup;
import io.greenfinch.gateway.group.LeaveCommunity;
import io.greenfinch.gateway.group.LeaveGroup;
import io.greenfinch.gateway.group.LeaveGroups;
import io.greenfinch.gateway.group.RemoveAdmin;
import io.greenfinch.gateway.group.RemoveGroupParticipant;
import io.greenfinch.gateway.group.SetGroupAdmin;
import io.greenfinch.gateway.group.SetGroupDescription;
import io.greenfinch.gateway.group.SetGroupDisappearing;
import io.greenfinch.gateway.group.TellInviteLink;
import io.greenfinch.gateway.group.UpdateGroupAccess;
import io.greenfinch.gateway.group.UpdateGroupName;
import io.greenfinch.gateway.group.UpdateGroupSettings;
import io.greenfinch.gateway.history.GetChatHistory;
import io.greenfinch.gateway.history.GetMessage;
import io.greenfinch.gateway.history.Journals;
import io.greenfinch.gateway.history.LastIncomingCalls;
import io.greenfinch.gateway.history.LastIncomingMessages;
import io.greenfinch.gateway.history.LastOutgoingCalls;
import io.greenfinch.gateway.history.LastOutgoingMessages;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.instance.EventProjection;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.media.DownloadFile;
import io.greenfinch.gateway.media.UploadFile;
import io.greenfinch.gateway.media.UrlFile;
import io.greenfinch.gateway.notification.EventLog;
import io.greenfinch.gateway.notification.Outbox;
import io.greenfinch.gateway.partner.CreateInstance;
import io.greenfinch.gateway.partner.DeleteInstanceAccount;
import io.greenfinch.gateway.partner.GetInstances;
import io.greenfinch.gateway.picture.GetAvatar;
import io.greenfinch.gateway.picture.GetAvatarAsync;
import io.greenfinch.gateway.picture.PictureStudio;
import io.greenfinch.gateway.picture.SetGroupPicture;
import io.greenfinch.gateway.picture.SetProfilePicture;
import io.greenfinch.gateway.receiving.ClearWebhooksQueue;
import io.greenfinch.gateway.receiving.DeleteNotification;
import io.greenfinch.gateway.receiving.Events;
import io.greenfinch.gateway.receiving.GetWebhooksCount;
import io.greenfinch.gateway.receiving.ReceiveNotification;
import io.greenfinch.gateway.sending.ClearMessagesQueue;
import io.greenfinch.gateway.sending.DeleteMessage;
import io.greenfinch.gateway.sending.DeleteStatus;
import io.greenfinch.gateway.sending.EditMessage;
import io.greenfinch.gateway.sending.FetchedFiles;
import io.greenfinch.gateway.sending.FileDrafts;
import io.greenfinch.gateway.sending.ForwardMessages;
import io.greenfinch.gateway.sending.GetMessagesCount;
import io.greenfinch.gateway.sending.SendContact;
import io.greenfinch.gateway.sending.SendFileByUpload;
import io.greenfinch.gateway.sending.SendFileByUrl;
import io.greenfinch.gateway.sending.SendFileStatus;
import io.greenfinch.gateway.sending.SendInteractiveButtons;
import io.greenfinch.gateway.sending.SendLink;
import io.greenfinch.gateway.sending.SendLocation;
import io.greenfinch.gateway.sending.SendMessage;
import io.greenfinch.gateway.sending.SendPoll;
import io.greenfinch.gateway.sending.SendTextStatus;
import io.greenfinch.gateway.sending.SendTyping;
import io.greenfinch.gateway.sending.Sending;
import io.greenfinch.gateway.sending.ShowMessagesQueue;
import io.greenfinch.gateway.status.GetIncomingStatuses;
import io.greenfinch.gateway.status.GetOutgoingStatuses;
import io.greenfinch.gateway.status.GetStatusStatistic;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** All methods of the API. */
final class ApiMethods {

    private ApiMethods() {}

    /** Those that this version offers, in the order in which they are described. */
    static List<ApiMethod> offered(
            Clock clock,
            Instances instances,
            SettingFields settings,
            Tables tables,
            PictureStudio studio,
            Outbox outbox,
            EventLog log,
            EventProjection projection,
            Sending sending,
            FileDrafts drafts,
            UrlFile urls,
            SecureRandom random) {
        FetchedFiles fetched = new FetchedFiles(drafts, urls);
        InviteLinks links = new InviteLinks(clock);
        ChatList lists =
                new ChatList(tables.chats(), tables.names(), tables.contacts(), tables.marks(), tables.timers());
        UnaryOperator<String> address = drafts.files()::address;
        Journals journals = new Journals(tables.messages(), tables.contacts(), address);
        return List.of(
                new GetSettings(),
                new SetSettings(instances, settings),
                new GetStateInstanceHistory(tables.history()),
                new UpdateApiToken(instances),
                new GetStateInstance(clock),
                new GetStatusInstance(),
                new Reboot(),
                new Logout(),
                new Qr(),
                new ScanQrCode(clock),
                new GetAuthorizationCode(clock),
                new GetPasskeyChallenge(),
                new SendPasskeyAnswer(),
                new ConfirmPasskey(),
                new GetWaSettings(tables.progress(), clock),
                new GetDeviceInfo(),
                new CreateGroup(links),
                new GetGroupData(links),
                new GetGroups(),
                new UpdateGroupName(),
                new UpdateGroupSettings(),
                new LeaveGroup(),
                new LeaveGroups(),
                new SetGroupPicture(studio, clock),
                new SetProfilePicture(studio, clock),
                new GetAvatar(),
                new GetAvatarAsync(projection, tables.messages().clock()),
                new SendMessage(sending),
                new SendLink(sending),
                new SendPoll(sending, random),
                new SendFileByUpload(drafts),
                new SendFileByUrl(fetched),
                new UploadFile(drafts.files()),
                new DownloadFile(tables.messages(), drafts.files()),
                new SendLocation(sending),
                new SendContact(sending),
                new ForwardMessages(sending),
                SendInteractiveButtons.ofAnyKind(sending),
                SendInteractiveButtons.ofReplies(sending),
                new EditMessage(sending),
                new DeleteMessage(sending),
                new SendTextStatus(sending, tables.contacts()),
                SendFileStatus.ofVoice(sending, fetched, tables.contacts()),
                SendFileStatus.ofMedia(sending, fetched, tables.contacts()),
                new DeleteStatus(sending),
                new GetStatusStatistic(tables.messages(), tables.receipts()),
                new GetIncomingStatuses(tables.messages(), tables.contacts(), address),
                new GetOutgoingStatuses(tables.messages(), address),
                new SendTyping(sending),
                new ShowMessagesQueue(sending),
                new ClearMessagesQueue(sending),
                new GetMessagesCount(sending),
                new GetChatHistory(journals),
                new GetMessage(journals),
                new LastIncomingMessages(journals),
                new LastOutgoingMessages(journals),
                new LastIncomingCalls(tables.calls()),
                new LastOutgoingCalls(tables.calls()),
                new ReadChat(tables.messages()),
                new GetChats(lists),
                new GetContacts(lists, tables.contacts()),
                new ArchiveChat(tables.messages(), true),
                new ArchiveChat(tables.messages(), false),
                new SetDisappearingChat(tables.messages().clock()),
                new AddContact(tables.contacts()),
                new EditContact(tables.contacts()),
                new DeleteContact(tables.contacts()),
                new CheckWhatsapp(),
                new GetContactInfo(lists, tables.marks(), tables.messages().clock()),
                new GetProducts(),
                new GetBlockedContacts(),
                new BlockContact(true),
                new BlockContact(false),
                new GetPrivacySettings(),
                new SetPrivacySettings(),
                new ReceiveNotification(outbox),
                new DeleteNotification(outbox),
                new GetWebhooksCount(outbox),
                new ClearWebhooksQueue(outbox),
                new Events(instances, log),
                new GetInstances(instances),
                new CreateInstance(instances, settings),
                new DeleteInstanceAccount(instances),
                new AddGroupParticipant(),
                new RemoveGroupParticipant(),
                new SetGroupAdmin(),
                new RemoveAdmin(),
                ChangeParticipants.adding(),
                ChangeParticipants.removing(),
                ChangeParticipants.promoting(),
                ChangeParticipants.demoting(),
                TellInviteLink.current(),
                TellInviteLink.renewed(),
                new GetGroupInfoByLink(),
                new JoinGroup(),
                new GetGroupJoinRequests(),
                DecideJoinRequests.approving(),
                DecideJoinRequests.rejecting(),
                new SetGroupDescription(random),
                new SetGroupDisappearing(),
                new UpdateGroupAccess(),
                new GetCommunityGroups(),
                new CreateCommunity(),
                ChangeCommunityGroups.linking(),
                ChangeCommunityGroups.unlinking(),
                new LeaveCommunity());
    }

    /**
     * Sees that quotas are for methods of instances that are offered.
     *
     * @throws UnusableSettingsException when one is not
     */
    static void checkQuotas(Map<String, Integer> quotas, List<ApiMethod> offered) {
        Set<String> names = offered.stream()
                .filter(ApiMethod.OfInstance.class::isInstance)
                .map(method -> method.descriptor().name())
                .collect(Collectors.toSet());
        quotas.forEach((method, calls) -> {
            if (!names.contains(method) || calls < 0) {
                throw new UnusableSettingsException("There can be no quota " + method + "=" + calls
                        + ": it takes the name of a method of instances, and 0 or more calls.");
            }
        });
    }
}
