// Calls every method that GREEN-API's SDK for JavaScript has (the second one), and looks at what comes back; methods.py tells how.
// The SDK's host is a constant: it is told another after it was made.
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import sdk from '@green-api/whatsapp-api-client-js-v2'

const [idInstance, apiTokenInstance, given, partnerToken, bob, carol, group, picturePath, soundPath] = process.argv.slice(2)
const url = given.replace(/\/$/, '')
const { paths } = await (await fetch(`${url}/openapi.json`)).json()
const offered = new Set(Object.keys(paths).map(path => path.split('/')[2]))

// The SDK tells of each request, with its token, on standard output; what goes wrong is told by the lines below.
console.error = console.warn = console.info = console.log = () => {}
const api = new sdk.GreenApiClient({ idInstance, apiTokenInstance })
api.client.defaults.baseURL = `${url}/waInstance${idInstance}`
const partner = new sdk.GreenApiPartnerClient({ partnerToken, partnerApiUrl: url })
const picture = () => new File([readFileSync(picturePath)], 'cat.jpg', { type: 'image/jpeg' })
const sound = new File([readFileSync(soundPath)], 'word.ogg', { type: 'audio/ogg' })
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
        const status = error.response?.status ?? error.status ?? Number(/\b(4|5)\d\d\b/.exec(String(error.message))?.[0])
        verdict = !offered.has(name) && [403, 501].includes(status) ? 'refused' : `failed: ${status} ${error.message}`
    }
    if (!['ok', 'refused'].includes(verdict)) problems++
    process.stdout.write(`${name} ${verdict}\n`)
    return data
}

const sent = data => data.idMessage.startsWith('3EB0')
const list = data => Array.isArray(data)
const said = flag => data => data[flag] === true
const queueIsEmpty = async () => (await api.showMessagesQueue()).length === 0

await call('getSettings', () => api.getSettings(), data => data.wid.endsWith('@c.us'))
await call('setSettings', () => api.setSettings({ incomingWebhook: 'yes' }), said('saveSettings'))
await call('getStateInstance', () => api.getStateInstance(), data => data.stateInstance === 'authorized')
await call('getWaSettings', () => api.getWaSettings(), data => /^\d+$/.test(data.phone))
await call('qr', () => api.getQR(), data => data.type === 'alreadyLogged')
await call('getAuthorizationCode', () => api.getAuthorizationCode(15550001099), data => data.status === false)
await call('setProfilePicture', () => api.setProfilePicture(picture()), said('setProfilePicture'))

const first = (await call('sendMessage', () => api.sendMessage({ chatId: bob, message: 'Hello' }), sent)).idMessage
const options = [{ optionName: 'green' }, { optionName: 'red' }]
await call('sendPoll', () => api.sendPoll({ chatId: bob, message: 'Colour?', options, multipleAnswers: false }), sent)
const place = { chatId: bob, latitude: 48.85, longitude: 2.35, nameLocation: 'Paris', address: 'France' }
await call('sendLocation', () => api.sendLocation(place), sent)
const contact = { phoneContact: 15550001003, firstName: 'Carol' }
await call('sendContact', () => api.sendContact({ chatId: bob, contact }), sent)
const file = { data: picture(), fileName: 'cat.jpg' }
const uploaded = await call('sendFileByUpload', () => api.sendFileByUpload({ chatId: bob, file, caption: 'A cat' }), sent)
const link = (await call('uploadFile', () => api.uploadFile(picture()), data => data.urlFile.startsWith(url))).urlFile
const spoken = (await api.uploadFile(sound)).urlFile
const byUrl = { chatId: bob, file: { url: link, fileName: 'cat.jpg' }, caption: 'The same' }
await call('sendFileByUrl', () => api.sendFileByUrl(byUrl), sent)
const about = { chatId: bob, idMessage: first }
await wait('answer of WhatsApp', async () => (await api.getMessage(about)).statusMessage !== 'pending')
const forwarded = { chatId: carol, chatIdFrom: bob, messages: [first] }
await call('forwardMessages', () => api.forwardMessages(forwarded), data => data.messages.length === 1)
await call('editMessage', () => api.editMessage({ ...about, message: 'Hello again' }), sent)
await call('deleteMessage', () => api.deleteMessage(about))
await call('showMessagesQueue', () => api.showMessagesQueue(), list)
await wait('end of the queue', queueIsEmpty)
await call('clearMessagesQueue', () => api.clearMessagesQueue(), said('isCleared'))

const notification = await wait('notification', () => api.receiveNotification())
const receipt = notification.receiptId
await call('receiveNotification', () => api.receiveNotification(5), data => data.receiptId === receipt)
await call('deleteNotification', () => api.deleteNotification(receipt), said('result'))
const withFile = { chatId: bob, idMessage: uploaded.idMessage }
await call('downloadFile', () => api.downloadFile(withFile), data => data.downloadUrl.startsWith(url))

await call('getChatHistory', () => api.getChatHistory({ chatId: bob, count: 5 }), data => data.length === 5)
await call('getMessage', () => api.getMessage(about), data => data.idMessage === first)
await call('lastIncomingMessages', () => api.lastIncomingMessages(60), data => data[0].type === 'incoming')
await call('lastOutgoingMessages', () => api.lastOutgoingMessages(60), data => data[0].type === 'outgoing')
await call('readChat', () => api.readChat({ chatId: bob }), said('setRead'))
await call('checkWhatsapp', () => api.checkWhatsapp({ phoneNumber: Number(bob.split('@')[0]) }), said('existsWhatsapp'))
await call('getAvatar', () => api.getAvatar({ chatId: bob }), data => data.available === false)
await call('getContacts', () => api.getContacts(), data => data.some(({ id }) => id === group))
await call('getContactInfo', () => api.getContactInfo({ chatId: bob }), data => data.chatId === bob)
await call('archiveChat', () => api.archiveChat({ chatId: bob }))
await call('unarchiveChat', () => api.unarchiveChat({ chatId: bob }))
const disappearing = { chatId: bob, ephemeralExpiration: 86400 }
await call('setDisappearingChat', () => api.setDisappearingChat(disappearing), data => data.ephemeralExpiration === 86400)
await call('addContact', () => api.addContact({ chatId: carol, firstName: 'Carol', lastName: 'Night' }), said('addContact'))
await call('editContact', () => api.editContact({ chatId: carol, firstName: 'Caro' }), said('editContact'))
await call('deleteContact', () => api.deleteContact({ chatId: carol }), said('deleteContact'))

const participants = [bob]
const text = { message: 'Sunny', backgroundColor: '#228B22', font: 'SERIF', participants }
const posted = await call('sendTextStatus', () => api.sendTextStatus(text), sent)
await call('sendVoiceStatus', () => api.sendVoiceStatus({ urlFile: spoken, fileName: 'word.ogg', participants }), sent)
await call('sendMediaStatus', () => api.sendMediaStatus({ urlFile: link, fileName: 'cat.jpg', participants }), sent)
await wait('end of the queue', queueIsEmpty)
const { idMessage } = posted
await call('getStatusStatistic', () => api.getStatusStatistic({ idMessage }), data => data[0].participant === bob)
await call('getIncomingStatuses', () => api.getIncomingStatuses({ minutes: 60 }), list)
await call('getOutgoingStatuses', () => api.getOutgoingStatuses({ minutes: 60 }), list)
await call('deleteStatus', () => api.deleteStatus({ idMessage }))

const created = await call('createGroup', () => api.createGroup({ groupName: 'Made', chatIds: [bob] }), said('created'))
const groupId = created.chatId
const person = { groupId, participantChatId: carol }
const renaming = { groupId, groupName: 'Another name' }
await call('updateGroupName', () => api.updateGroupName(renaming), said('updateGroupName'))
await call('getGroupData', () => api.getGroupData({ groupId }), data => data.subject === 'Another name')
await call('addGroupParticipant', () => api.addGroupParticipant(person), said('addParticipant'))
await call('setGroupAdmin', () => api.setGroupAdmin(person), said('setGroupAdmin'))
await call('removeAdmin', () => api.removeAdmin(person), said('removeAdmin'))
await call('removeGroupParticipant', () => api.removeGroupParticipant(person), said('removeParticipant'))
await call('setGroupPicture', () => api.setGroupPicture({ groupId, file: picture() }), said('setGroupPicture'))
await call('leaveGroup', () => api.leaveGroup({ groupId: group }), said('leaveGroup'))

const made = await call('createInstance', () => partner.createInstance({ name: 'of the SDK' }), data => data.idInstance > 0)
await call('getInstances', () => partner.getInstances(), data => data.some(each => each.idInstance === made.idInstance))
const gone = { idInstance: made.idInstance }
await call('deleteInstanceAccount', () => partner.deleteInstanceAccount(gone), said('deleteInstanceAccount'))
await call('reboot', () => api.reboot(), said('isReboot'))
await call('logout', () => api.logout(), said('isLogout'))
process.stdout.write(`problems: ${problems}\n`)
process.exit(problems ? 1 : 0)
