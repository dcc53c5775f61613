package io.greenfinch.gateway;

import io.greenfinch.gateway.account.GetAuthorizationCode;
import io.greenfinch.gateway.account.GetSettings;
import io.greenfinch.gateway.account.GetStateInstance;
import io.greenfinch.gateway.account.GetStateInstanceHistory;
import io.greenfinch.gateway.account.GetStatusInstance;
import io.greenfinch.gateway.account.GetWaSettings;
import io.greenfinch.gateway.account.Logout;
import io.greenfinch.gateway.account.Qr;
import io.greenfinch.gateway.account.Reboot;
import io.greenfinch.gateway.account.ScanQrCode;
import io.greenfinch.gateway.account.SetSettings;
import io.greenfinch.gateway.account.UpdateApiToken;
import io.greenfinch.gateway.group.ChangeParticipant;
import io.greenfinch.gateway.group.CreateGroup;
import io.greenfinch.gateway.group.GetGroupData;
import io.greenfinch.gateway.group.InviteLinks;
import io.greenfinch.gateway.group.LeaveGroup;
import io.greenfinch.gateway.group.LeaveGroups;
import io.greenfinch.gateway.group.UpdateGroupName;
import io.greenfinch.gateway.group.UpdateGroupSettings;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.PartnerMethod;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.partner.CreateInstance;
import io.greenfinch.gateway.partner.DeleteInstanceAccount;
import io.greenfinch.gateway.partner.GetInstances;
import io.greenfinch.gateway.picture.GetAvatar;
import io.greenfinch.gateway.picture.PictureStudio;
import io.greenfinch.gateway.picture.SetGroupPicture;
import io.greenfinch.gateway.picture.SetProfilePicture;
import io.greenfinch.gateway.store.StateHistoryTable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All methods of the API. */
final class ApiMethods {

    private ApiMethods() {}

    /** The methods of instances, those included that this version does not offer. */
    static List<InstanceMethod> ofInstances(
            Clock clock, Instances instances, StateHistoryTable history, PictureStudio studio) {
        InviteLinks links = new InviteLinks(clock);
        List<InstanceMethod> methods = new ArrayList<>(List.of(
                new GetSettings(),
                new SetSettings(instances),
                new GetStateInstanceHistory(history),
                new UpdateApiToken(instances),
                new GetStateInstance(clock),
                new GetStatusInstance(),
                new Reboot(),
                new Logout(),
                new Qr(),
                new ScanQrCode(clock),
                new GetAuthorizationCode(clock),
                new GetWaSettings(clock),
                new CreateGroup(links),
                new GetGroupData(links),
                new UpdateGroupName(),
                new UpdateGroupSettings(),
                new LeaveGroup(),
                new LeaveGroups(),
                new SetGroupPicture(studio, clock),
                new SetProfilePicture(studio, clock),
                new GetAvatar()));
        methods.addAll(ChangeParticipant.all());
        methods.addAll(KnownMethod.notOffered());
        return methods;
    }

    /** The names of those methods that are offered; each is described in a file of that name. */
    static List<String> described(List<InstanceMethod> instance, List<PartnerMethod> partner) {
        return Stream.concat(
                        instance.stream()
                                .filter(method -> !(method instanceof KnownMethod))
                                .map(method -> method.spec().name()),
                        partner.stream().map(PartnerMethod::name))
                .toList();
    }

    /**
     * Sees that quotas are for methods of instances that are offered.
     *
     * @throws UnusableSettingsException when one is not
     */
    static void checkQuotas(Map<String, Integer> quotas, List<InstanceMethod> methods) {
        List<String> offered = described(methods, List.of());
        quotas.forEach((method, calls) -> {
            if (!offered.contains(method) || calls < 0) {
                throw new UnusableSettingsException("There can be no quota " + method + "=" + calls
                        + ": it takes the name of a method of instances, and 0 or more calls.");
            }
        });
    }

    static List<PartnerMethod> ofPartners(Instances instances) {
        return List.of(
                new GetInstances(instances), new CreateInstance(instances), new DeleteInstanceAccount(instances));
    }
}
