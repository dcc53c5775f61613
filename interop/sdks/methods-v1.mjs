// Calls every method that GREEN-API's first SDK for JavaScript has, and looks at what comes back; methods.py tells how.
import { setTimeout as sleep } from 'node:timers/promises'
import whatsAppClient from '@green-api/whatsapp-api-client'

const [idInstance, apiTokenInstance, given, , bob, carol, group, picture] = process.argv.slice(2)
const url = given.replace(/\/$/, '')
const { paths } = await (await fetch(`${url}/openapi.json`)).json()
const offered = new Set(Object.keys(paths).map(path => path.split('/')[2]))

// The SDK tells of what it does on standard output, which is ours.
console.error = console.warn = console.info = console.log = () => {}
const api = whatsAppClient.restAPI({ idInstance, apiTokenInstance, host: url, media: url })
let problems = 0

async function wait(what, condition) {
    for (let i = 0; i < 200; i++) {
        const found = await condition()
        if (found) return found
        await sleep(100)
    }
    throw new Error(`there is no ${what}`)
}

async function call(name, action, condition = () => true) {
    let verdict
    let data
    try {
        data = await action()
        verdict = !offered.has(name) ? 'not refused' : condition(data) ? 'ok' : `unexpected: ${JSON.stringify(data)}`
    } catch (error) {
        const status = error.response?.status ?? error.status
        verdict = !offered.has(name) && [403, 501].includes(status) ? 'refused' : `failed: ${status} ${error.message}`
    }
    if (!['ok', 'refused'].includes(verdict)) problems++
    process.stdout.write(`${name} ${verdict}\n`)
    return data
}

const sent = data => data.idMessage.startsWith('3EB0')
const list = data => Array.isArray(data)
const said = flag => data => data[flag] === true
const { message, file, instance, settings, webhookService } = api
const groups = api.group

await call('getSettings', () => settings.getSettings(), data => data.wid.endsWith('@c.us'))
await call('setSettings', () => settings.setSettings({ incomingWebhook: 'yes' }), said('saveSettings'))
await call('getWaSettings', () => settings.getWaSettings(), data => /^\d+$/.test(data.phone))
await call('getStateInstance', () => instance.getStateInstance(), data => data.stateInstance === 'authorized')
await call('qr', () => instance.qr(), data => data.type === 'alreadyLogged')
await call('getAuthorizationCode', () => instance.getAuthorizationCode(15550001099), data => data.status === false)
await call('getDeviceInfo', () => instance.getDeviceInfo())

const first = (await call('sendMessage', () => message.sendMessage(bob, null, 'Hello'), sent)).idMessage
const options = [{ optionName: 'green' }, { optionName: 'red' }]
await call('sendPoll', () => message.sendPoll(bob, null, 'Colour?', options, false), sent)
await call('sendLocation', () => message.sendLocation(bob, null, 'Paris', 'France', 48.85, 2.35), sent)
const contact = { phoneContact: 15550001003, firstName: 'Carol' }
await call('sendContact', () => message.sendContact(bob, null, contact), sent)
await call('sendButtons', () => message.sendButtons(bob, 'Old', 'foot', [{ buttonId: '1', buttonText: 'Yes' }]))
await call('sendTemplateButtons', () => message.sendTemplateButtons(bob, 'Old', 'foot', []))
await call('sendListMessage', () => message.sendListMessage(bob, 'Old', 'Choose', 'title', 'foot', []))
await call('sendLink', () => message.sendLink(bob, null, 'https://example.com'))
const link = (await call('uploadFile', () => file.uploadFile(picture), data => data.urlFile.startsWith(url))).urlFile
const named = await call('sendFileByUrl', () => file.sendFileByUrl(bob, null, link, 'cat.jpg', 'A cat'), sent)
await wait('answer of WhatsApp', async () => (await message.getMessage(bob, first)).statusMessage !== 'pending')
const one = data => data.messages.length === 1
await call('forwardMessages', () => message.forwardMessages(carol, bob, [first]), one)
await call('editMessage', () => instance.editMessage(bob, first, 'Hello again'), sent)
await call('deleteMessage', () => instance.deleteMessage(bob, first))
await call('showMessagesQueue', () => message.showMessagesQueue(), list)
await wait('end of the queue', async () => (await message.showMessagesQueue()).length === 0)
await call('clearMessagesQueue', () => message.clearMessagesQueue(), said('isCleared'))
await call('downloadFile', () => file.downloadFile(bob, named.idMessage), data => data.downloadUrl.startsWith(url))

const told = await wait('notification', () => webhookService.receiveNotification())
const same = data => data.receiptId === told.receiptId
await call('receiveNotification', () => webhookService.receiveNotification(), same)
await call('deleteNotification', () => webhookService.deleteNotification(told.receiptId), said('result'))
await call('getChatHistory', () => message.getChatHistory(bob, 5), data => data.length === 5)
await call('getMessage', () => message.getMessage(bob, first), data => data.idMessage === first)
await call('lastIncomingMessages', () => message.lastIncomingMessages(), data => data[0].textMessage === 'hello')
await call('lastOutgoingMessages', () => message.lastOutgoingMessages(), data => sent(data[0]))
await call('readChat', () => message.readChat(bob, null), said('setRead'))
const number = Number(bob.split('@')[0])
await call('checkWhatsapp', () => instance.checkWhatsapp(number), said('existsWhatsapp'))
await call('getAvatar', () => instance.getAvatar(bob, null), data => data.available === false)
await call('getContacts', () => instance.getContacts(), data => data.some(({ id }) => id === group))
await call('getContactInfo', () => instance.getContactInfo(bob), data => data.chatId === bob)
await call('getChats', () => instance.getChats(), data => data.some(({ id }) => id === bob))
await call('archiveChat', () => instance.archiveChat(bob))
await call('unarchiveChat', () => instance.unarchiveChat(bob))

const made = (await call('createGroup', () => groups.createGroup('Made', [bob]), said('created'))).chatId
await call('updateGroupName', () => groups.updateGroupName(made, 'Another name'), said('updateGroupName'))
await call('getGroupData', () => groups.getGroupData(made), data => data.subject === 'Another name')
await call('addGroupParticipant', () => groups.addGroupParticipant(made, carol), said('addParticipant'))
await call('setGroupAdmin', () => groups.setGroupAdmin(made, carol), said('setGroupAdmin'))
await call('removeAdmin', () => groups.removeAdmin(made, carol), said('removeAdmin'))
await call('removeGroupParticipant', () => groups.removeGroupParticipant(made, carol), said('removeParticipant'))
await call('setGroupPicture', () => groups.setGroupPicture(made, picture), said('setGroupPicture'))
await call('leaveGroup', () => groups.leaveGroup(group), said('leaveGroup'))
await call('reboot', () => instance.reboot(), said('isReboot'))
await call('logout', () => instance.logout(), said('isLogout'))
process.stdout.write(`problems: ${problems}\n`)
process.exit(problems ? 1 : 0)
