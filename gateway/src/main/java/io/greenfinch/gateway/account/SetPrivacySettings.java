package io.greenfinch.gateway.account;

import io.greenfinch.client.Session;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Fields;
import io.greenfinch.gateway.http.Reply;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says who may see what of the account, and tells what holds then; an extension. */
public final class SetPrivacySettings implements ApiMethod.OfSession {

    @Override
    public Descriptor descriptor() {
        List<String> names = PrivacyField.ALL.stream().map(PrivacyField::name).toList();
        return Descriptor.post("setPrivacySettings", 1)
                .taking(new Fields(
                        List.copyOf(PrivacyField.ALL.stream()
                                .map(PrivacyField::field)
                                .toList()),
                        names,
                        false))
                .answering(PrivacyField.shape())
                .withReasons(502, GetPrivacySettings.REASONS);
    }

    @Override
    public Reply handle(Call call, Session session) {
        Map<String, String> wanted = new TreeMap<>();
        PrivacyField.ALL.forEach(each -> call.get(each.field()).ifPresent(value -> wanted.put(each.category(), value)));
        return GetPrivacySettings.answer(session.privacy().change(wanted, call.deadline()));
    }
}
