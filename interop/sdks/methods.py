"""Calls every method that GREEN-API's SDK for Python has, and looks at what comes back.

A method that the gateway describes at /openapi.json has to succeed and tell what is expected; any other has to be refused as known.
Prints a line for each: the method's name, and "ok", "refused", or what went wrong.
"""

import json
import sys
import time
import urllib.request

from whatsapp_api_client_python import API

id_instance, token, url, partner_token, bob, carol, group, picture, sound = sys.argv[1:]
url = url.rstrip("/")
with urllib.request.urlopen(url + "/openapi.json") as described:
    offered = {path.split("/")[2] for path in json.load(described)["paths"] if path.count("/") > 2}

api = API.GreenAPI(id_instance, token, host=url, media=url)
partner = API.GreenApiPartner(partner_token, email="nobody@example.com", host=url)
problems = 0


def wait(what, condition):
    for _ in range(200):
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("there is no " + what)


def call(name, answer, condition=lambda data: True):
    """Looks at one answer; returns what is in it."""
    global problems
    if name not in offered:
        verdict = "refused" if answer.code in (403, 501) else f"not refused: {answer.code}"
    elif answer.code != 200:
        verdict = f"failed: {answer.code} {answer.error}"
    else:
        verdict = "ok" if condition(answer.data) else f"unexpected: {answer.data}"
    problems += verdict not in ("ok", "refused")
    print(name, verdict, flush=True)
    return answer.data


def sent(data):
    return data["idMessage"].startswith("3EB0")


def said(flag):
    return lambda data: data.get(flag) is True


# Account
call("getSettings", api.account.getSettings(), lambda data: data["wid"].endswith("@c.us"))
call("setSettings", api.account.setSettings({"incomingWebhook": "yes", "delaySendMessagesMilliseconds": 500}), said("saveSettings"))
call("getStateInstance", api.account.getStateInstance(), lambda data: data["stateInstance"] == "authorized")
call("getStatusInstance", api.account.getStatusInstance(), lambda data: data["statusInstance"] == "online")
call("getStateInstanceHistory", api.account.getStateInstanceHistory(10), lambda data: data[0]["stateInstance"] == "authorized")
call("getWaSettings", api.account.getWaSettings(), lambda data: data["phone"].isdigit())
call("qr", api.account.qr(), lambda data: data["type"] == "alreadyLogged")
call("getAuthorizationCode", api.account.getAuthorizationCode(15550001099), lambda data: data["status"] is False)
call("setProfilePicture", api.account.setProfilePicture(picture), said("setProfilePicture"))
api.apiTokenInstance = call("updateApiToken", api.account.updateApiToken())["apiTokenInstance"]
call("getDeviceInfo", api.device.getDeviceInfo())

# Sending
first = call("sendMessage", api.sending.sendMessage(bob, "Hello", linkPreview=False, typingTime=1000), sent)["idMessage"]
call("sendPoll", api.sending.sendPoll(bob, "Colour?", [{"optionName": "green"}, {"optionName": "red"}], False), sent)
call("sendLocation", api.sending.sendLocation(bob, 48.85, 2.35, "Paris", "France"), sent)
call("sendContact", api.sending.sendContact(bob, {"phoneContact": 15550001003, "firstName": "Carol"}), sent)
file = call("sendFileByUpload", api.sending.sendFileByUpload(bob, picture, "cat.jpg", "A cat"), sent)["idMessage"]
link = call("uploadFile", api.sending.uploadFile(picture), lambda data: data["urlFile"].startswith(url))["urlFile"]
spoken = api.sending.uploadFile(sound).data["urlFile"]
call("sendFileByUrl", api.sending.sendFileByUrl(bob, link, "cat.jpg", "The same"), sent)
buttons = [{"type": "copy", "buttonId": "1", "buttonText": "Copy", "copyCode": "123"}]
call("sendInteractiveButtons", api.sending.sendInteractiveButtons(bob, "Take it", buttons), sent)
replies = [{"buttonId": "1", "buttonText": "Yes"}]
call("sendInteractiveButtonsReply", api.sending.sendInteractiveButtonsReply(bob, "Well?", replies), sent)
call("sendTyping", api.serviceMethods.sendTyping(bob, 1000))
call("sendButtons", api.sending.sendButtons(bob, "Old", [{"buttonId": "1", "buttonText": "Yes"}]))
call("sendTemplateButtons", api.sending.sendTemplateButtons(bob, "Old", []))
call("sendListMessage", api.sending.sendListMessage(bob, "Old", "Choose", []))
call("sendLink", api.sending.sendLink(bob, "https://example.com"))
wait("answer of WhatsApp", lambda: api.journals.getMessage(bob, first).data["statusMessage"] in ("sent", "delivered", "read"))
call("forwardMessages", api.sending.forwardMessages(carol, bob, [first]), lambda data: len(data["messages"]) == 1)
call("editMessage", api.serviceMethods.editMessage(bob, first, "Hello again"), sent)
call("deleteMessage", api.serviceMethods.deleteMessage(bob, first))
call("showMessagesQueue", api.queues.showMessagesQueue(), lambda data: isinstance(data, list))
call("getMessagesCount", api.queues.getMessagesCount(), lambda data: data["count"] >= 0)
wait("end of the queue", lambda: api.queues.getMessagesCount().data["count"] == 0)
call("clearMessagesQueue", api.queues.clearMessagesQueue(), said("isCleared"))

# Receiving
notification = wait("notification", lambda: api.receiving.receiveNotification().data)
call("receiveNotification", api.receiving.receiveNotification(5), lambda data: data["receiptId"] == notification["receiptId"])
call("deleteNotification", api.receiving.deleteNotification(notification["receiptId"]), said("result"))
call("getWebhooksCount", api.queues.getWebhooksCount(), lambda data: data["count"] >= 0)
call("clearWebhooksQueue", api.queues.clearWebhooksQueue(), said("isCleared"))
call("downloadFile", api.receiving.downloadFile(bob, file), lambda data: data["downloadUrl"].startswith(url))

# Journals and chats
call("getChatHistory", api.journals.getChatHistory(bob, 10), lambda data: len(data) == 10)
call("getMessage", api.journals.getMessage(bob, first), lambda data: data["idMessage"] == first)
call("lastIncomingMessages", api.journals.lastIncomingMessages(60), lambda data: data[0]["type"] == "incoming")
call("lastOutgoingMessages", api.journals.lastOutgoingMessages(60), lambda data: data[0]["type"] == "outgoing")
call("lastIncomingCalls", api.journals.lastIncomingCalls(), lambda data: isinstance(data, list))
call("lastOutgoingCalls", api.journals.lastOutgoingCalls(), lambda data: isinstance(data, list))
call("readChat", api.marking.readChat(bob), said("setRead"))
call("checkWhatsapp", api.serviceMethods.checkWhatsapp(chatId=bob), said("existsWhatsapp"))
call("getAvatar", api.serviceMethods.getAvatar(bob), lambda data: data["available"] is False)
call("getContacts", api.serviceMethods.getContacts(group=True), lambda data: any(each["id"] == group for each in data))
call("getContactInfo", api.serviceMethods.getContactInfo(bob), lambda data: data["chatId"] == bob)
call("getChats", api.serviceMethods.getChats(5), lambda data: any(each["id"] == bob for each in data))
call("archiveChat", api.serviceMethods.archiveChat(bob))
call("unarchiveChat", api.serviceMethods.unarchiveChat(bob))
call("setDisappearingChat", api.serviceMethods.setDisappearingChat(bob, 86400), lambda data: data["ephemeralExpiration"] == 86400)
call("addContact", api.contacts.addContact(carol, "Carol", "Night"), said("addContact"))
call("editContact", api.contacts.editContact(carol, "Caro"), said("editContact"))
call("deleteContact", api.contacts.deleteContact(carol), said("deleteContact"))

# Statuses
posted = call("sendTextStatus", api.statuses.sendTextStatus("Sunny", "#228B22", "SERIF", [bob]), sent)["idMessage"]
call("sendVoiceStatus", api.statuses.sendVoiceStatus(spoken, "word.ogg", "#228B22", [bob]), sent)
call("sendMediaStatus", api.statuses.sendMediaStatus(link, "cat.jpg", "A cat", [bob]), sent)
wait("end of the queue", lambda: api.queues.getMessagesCount().data["count"] == 0)
call("getStatusStatistic", api.statuses.getStatusStatistic(posted), lambda data: data[0]["participant"] == bob)
call("getIncomingStatuses", api.statuses.getIncomingStatuses(60), lambda data: isinstance(data, list))
call("getOutgoingStatuses", api.statuses.getOutgoingStatuses(60), lambda data: any(each["idMessage"] == posted for each in data))
call("deleteStatus", api.statuses.deleteStatus(posted))

# Groups
made = call("createGroup", api.groups.createGroup("Made by the SDK", [bob]), said("created"))["chatId"]
call("updateGroupName", api.groups.updateGroupName(made, "Another name"), said("updateGroupName"))
call("getGroupData", api.groups.getGroupData(made), lambda data: data["subject"] == "Another name")
call("updateGroupSettings", api.groups.updateGroupSettings(made, True, False), said("updateGroupSettings"))
call("addGroupParticipant", api.groups.addGroupParticipant(made, carol), said("addParticipant"))
call("setGroupAdmin", api.groups.setGroupAdmin(made, carol), said("setGroupAdmin"))
call("removeAdmin", api.groups.removeAdmin(made, carol), said("removeAdmin"))
call("removeGroupParticipant", api.groups.removeGroupParticipant(made, carol), said("removeParticipant"))
call("setGroupPicture", api.groups.setGroupPicture(made, picture), said("setGroupPicture"))
call("leaveGroup", api.groups.leaveGroup(group), said("leaveGroup"))

# Partner, and the end
new = call("createInstance", partner.partner.createInstance({"name": "of the SDK"}), lambda data: data["idInstance"] > 0)
call("getInstances", partner.partner.getInstances(), lambda data: any(each["idInstance"] == new["idInstance"] for each in data))
call("deleteInstanceAccount", partner.partner.deleteInstanceAccount(new["idInstance"]), said("deleteInstanceAccount"))
call("reboot", api.account.reboot(), said("isReboot"))
wait("connection", lambda: api.account.getStatusInstance().data["statusInstance"] == "online")
call("logout", api.account.logout(), said("isLogout"))
print("problems:", problems, flush=True)
sys.exit(1 if problems else 0)
