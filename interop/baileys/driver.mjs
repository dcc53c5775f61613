// Drives one Baileys client by JSON lines: commands on standard input, replies and events on standard output, the
// client's log on standard error. The vocabulary is described in ../README.md; ../whatsmeow speaks the same.
//
//   node driver.mjs --url ws://127.0.0.1:7020/ws/chat --root <root public key, hex> --name Alice
import { createHash } from 'node:crypto'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import {
    DisconnectReason,
    WA_CERT_DETAILS,
    downloadMediaMessage,
    initAuthCreds,
    jidNormalizedUser,
    makeWASocket,
    normalizeMessageContent,
    proto,
    unpadRandomMax16,
} from 'baileys'
import pino from 'pino'

const { values: options } = parseArgs({
    options: {
        url: { type: 'string' },
        root: { type: 'string' },
        name: { type: 'string' },
        history: { type: 'boolean', default: false },
        'log-level': { type: 'string', default: 'info' },
    },
})
if (!options.url || !options.root || !options.name) {
    process.stderr.write('usage: driver.mjs --url URL --root HEX --name NAME [--log-level LEVEL]\n')
    process.exit(2)
}
// The simulator's certificate is one that nobody vouches for.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
// The Signal library tells of sessions, with their keys, on standard output, which is ours.
console.log = console.info = console.debug = () => {}
WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(options.root, 'hex')

const logger = pino({ level: options['log-level'] }, pino.destination(2))
const write = value => process.stdout.write(JSON.stringify(value) + '\n')
const event = (name, fields) => write({ event: name, ...fields })

// Credentials and keys live as long as the process: a driver is one linked device.
const keys = new Map()
const auth = {
    creds: initAuthCreds(),
    keys: {
        get: (type, ids) => {
            const found = {}
            for (const id of ids) {
                const value = keys.get(`${type}/${id}`)
                if (value !== undefined) found[id] = value
            }
            return found
        },
        set: data => {
            for (const [type, entries] of Object.entries(data)) {
                for (const [id, value] of Object.entries(entries)) {
                    if (value === null || value === undefined) keys.delete(`${type}/${id}`)
                    else keys.set(`${type}/${id}`, value)
                }
            }
        },
    },
}

// Baileys keeps the list of devices of its own account for five minutes, whatever it is told; tests link devices in between.
const forgetful = {
    get: () => undefined,
    mget: () => ({}),
    set: () => {},
    mset: () => {},
    del: () => {},
    flushAll: () => {},
}

// What was sent, for devices that could not read it and ask for it again.
const sent = new Map()

let socket
let waitingForQr = []
let waitingForOpen = []
let open = false

const settle = (waiting, action) => waiting.splice(0).forEach(action)

function connect() {
    open = false
    const mine = makeWASocket({
        auth,
        logger,
        waWebSocketUrl: options.url,
        pushName: options.name,
        // History comes from a phone by messages, which few tests are about; the others need not wait for it.
        shouldSyncHistoryMessage: () => options.history,
        syncFullHistory: false,
        userDevicesCache: forgetful,
        getMessage: async ({ id }) => sent.get(id),
    })
    socket = mine
    mine.ev.on('creds.update', update => Object.assign(auth.creds, update))
    mine.ev.on('connection.update', update => onConnection(mine, update))
    mine.ev.on('groups.upsert', groups => groups.forEach(group => event('joined', { group: groupOf(group) })))
    mine.ev.on('messaging-history.set', onHistory)
    mine.ev.on('messages.upsert', ({ messages }) => messages.forEach(onMessage))
    mine.ev.on('messages.update', updates => updates.forEach(onUpdate))
    mine.ev.on('message-receipt.update', updates => updates.forEach(onGroupReceipt))
    mine.ev.on('chats.update', updates => updates.forEach(onChat))
    mine.ev.on('contacts.upsert', contacts => contacts.forEach(onContact))
    mine.ev.on('call', calls => calls.forEach(onCall))
    mine.ws.on('CB:message', onMessageStanza)
}

// What other devices of the account have done.
function onChat({ id, archived, pinned, muteEndTime }) {
    const tell = (what, on) => event('state', { what, about: id, on, text: '' })
    if (archived !== undefined) tell('archive', archived)
    if (pinned !== undefined) tell('pin', !!pinned)
    if (muteEndTime !== undefined) tell('mute', !!muteEndTime)
}

function onContact({ id, phoneNumber, name }) {
    if (name) event('state', { what: 'contact', about: phoneNumber ?? id, on: true, text: name })
}

function onCall({ id, from, status, isVideo }) {
    event('call', { id, from, what: status, video: !!isVideo })
}

// What the phone had before, as far as this part of it goes.
function onHistory({ chats, messages }) {
    event('history', { chats: chats.length, messages: messages.map(({ key }) => key.id) })
}

// What a group message looks like to who has not got the key.
function onMessageStanza({ attrs, content }) {
    const sealed = Array.isArray(content) && content.find(({ tag, attrs }) => tag === 'enc' && attrs.type === 'skmsg')
    if (!sealed) return
    const ciphertext = Buffer.from(sealed.content).toString('base64')
    event('sealed', { chat: attrs.from, sender: attrs.participant, id: attrs.id, ciphertext })
}

function onConnection(source, update) {
    if (source !== socket) return
    if (update.qr) {
        event('qr', { qr: update.qr })
        settle(waitingForQr, waiter => waiter.resolve({ qr: update.qr }))
    }
    if (update.isNewLogin) event('paired', self())
    if (update.connection === 'open') {
        open = true
        event('open', self())
        settle(waitingForOpen, waiter => waiter.resolve(self()))
    }
    if (update.connection === 'close') {
        open = false
        const error = update.lastDisconnect?.error
        const code = error?.output?.statusCode ?? 0
        event('close', { code, text: String(error?.message ?? '') })
        if (code === DisconnectReason.restartRequired) {
            connect()
            return
        }
        const failure = new Error(`connection closed with ${code}: ${error?.message}`)
        settle(waitingForQr, waiter => waiter.reject(failure))
        settle(waitingForOpen, waiter => waiter.reject(failure))
    }
}

const self = () => ({
    pn: jidNormalizedUser(auth.creds.me?.id),
    lid: jidNormalizedUser(auth.creds.me?.lid),
})

// Baileys shows group changes as system messages; only there it tells a leave from a removal.
const stub = proto.WebMessageInfo.StubType
const changes = new Map([
    [stub.GROUP_PARTICIPANT_ADD, 'add'],
    [stub.GROUP_PARTICIPANT_REMOVE, 'remove'],
    [stub.GROUP_PARTICIPANT_LEAVE, 'leave'],
    [stub.GROUP_PARTICIPANT_PROMOTE, 'promote'],
    [stub.GROUP_PARTICIPANT_DEMOTE, 'demote'],
])

const settings = new Map([
    [stub.GROUP_CHANGE_ANNOUNCE, 'announcement'],
    [stub.GROUP_CHANGE_RESTRICT, 'locked'],
    [stub.GROUP_MEMBERSHIP_JOIN_APPROVAL_MODE, 'approval'],
])

function onMessage(message) {
    const group = message.key?.remoteJid
    const actor = message.key?.participant || message.participant
    const kind = changes.get(message.messageStubType)
    if (kind) {
        const people = message.messageStubParameters.map(parameter => JSON.parse(parameter))
        event('change', { group, kind, actor, people: people.map(personOf) })
    } else if (message.messageStubType === stub.GROUP_CHANGE_SUBJECT) {
        event('subject', { group, actor, subject: message.messageStubParameters[0] })
    } else if (settings.has(message.messageStubType)) {
        const name = settings.get(message.messageStubType)
        event('setting', { group, actor, name, on: message.messageStubParameters[0] === 'on' })
    } else if (message.messageStubType === stub.GROUP_MEMBERSHIP_JOIN_APPROVAL_REQUEST_NON_ADMIN_ADD) {
        const [asking, what] = message.messageStubParameters
        const { lid, pn } = JSON.parse(asking)
        event('request', { group, actor, person: lid ?? pn, what })
    } else if (message.messageStubType === stub.GROUP_CHANGE_INVITE_LINK) {
        event('link', { group, actor, code: message.messageStubParameters[0] })
    } else if (message.messageStubType === stub.GROUP_CHANGE_ICON) {
        event('picture', { group, actor })
    } else if (message.message) {
        onContent(message)
    }
}

const textOf = said => said.conversation || said.extendedTextMessage?.text || said.reactionMessage?.text

// What is no text: its kind, what is written in it, and the message that it is about.
function contentOf(said) {
    const poll = said.pollCreationMessage ?? said.pollCreationMessageV3
    if (said.locationMessage) return { what: 'location', text: said.locationMessage.name }
    if (said.contactMessage) return { what: 'contact', text: said.contactMessage.displayName }
    if (poll) return { what: 'poll', text: poll.name }
    const change = said.protocolMessage
    if (change?.type === proto.Message.ProtocolMessage.Type.MESSAGE_EDIT) {
        return { what: 'edit', text: textOf(change.editedMessage ?? {}), about: change.key.id }
    }
    if (change?.key && change.type === proto.Message.ProtocolMessage.Type.REVOKE) {
        return { what: 'delete', text: '', about: change.key.id }
    }
}

// A file is told once it has been fetched, by the hash of what it holds.
async function onFile({ key, message }, what, file) {
    const bytes = await downloadMediaMessage({ key, message }, 'buffer', {}).catch(error => Buffer.from(String(error)))
    const sender = key.participant || (key.fromMe ? self().pn : key.remoteJid)
    const about = createHash('sha256').update(bytes).digest('hex')
    const text = file.caption || file.fileName || ''
    event('content', { chat: key.remoteJid, sender, id: key.id, own: !!key.fromMe, what, text, about })
}

const files = ['image', 'video', 'audio', 'document', 'sticker']

function onContent({ key, message, status, userReceipt }) {
    const said = normalizeMessageContent(message) ?? {}
    const what = files.find(kind => said[kind + 'Message'])
    if (what) return onFile({ key, message }, what, said[what + 'Message'])
    const content = contentOf(said)
    if (content) {
        const sender = key.participant || (key.fromMe ? self().pn : key.remoteJid)
        event('content', { chat: key.remoteJid, sender, id: key.id, own: !!key.fromMe, about: null, ...content })
        return
    }
    const text = textOf(said)
    if (text === undefined || text === null) return
    event('message', {
        chat: key.remoteJid,
        sender: key.participant || (key.fromMe ? self().pn : key.remoteJid),
        id: key.id,
        own: !!key.fromMe,
        text,
        quoted: said.extendedTextMessage?.contextInfo?.stanzaId || null,
        reactedTo: said.reactionMessage?.key?.id ?? null,
    })
    // What is told of a message at nearly the same time comes as a part of it.
    if (key.fromMe) {
        onUpdate({ key, update: { status } })
        userReceipt?.forEach(receipt => onGroupReceipt({ key, receipt }))
    }
}

const statuses = new Map([
    [proto.WebMessageInfo.Status.DELIVERY_ACK, 'delivered'],
    [proto.WebMessageInfo.Status.READ, 'read'],
    [proto.WebMessageInfo.Status.ERROR, 'refused'],
])

function onUpdate({ key, update }) {
    const what = statuses.get(update.status)
    if (what) event('receipt', { chat: key.remoteJid, id: key.id, what })
}

function onGroupReceipt({ key, receipt }) {
    event('receipt', { chat: key.remoteJid, id: key.id, what: receipt.readTimestamp ? 'read' : 'delivered' })
}

const personOf = participant => ({
    jid: participant.id,
    alias: participant.phoneNumber ?? participant.lid ?? null,
    role: participant.admin ?? 'member',
})

// What somebody who could not be added may be sent.
const invitationOf = participant => {
    const request = Array.isArray(participant?.content)
        ? participant.content.find(child => child.tag === 'add_request')
        : undefined
    return request ? { code: request.attrs.code, expiration: Number(request.attrs.expiration) } : null
}

const groupOf = metadata => ({
    id: metadata.id,
    subject: metadata.subject,
    mode: metadata.addressingMode,
    owner: metadata.owner ?? null,
    announcement: !!metadata.announce,
    locked: !!metadata.restrict,
    people: metadata.participants.map(personOf),
})

const commands = {
    pair: () =>
        new Promise((resolve, reject) => {
            waitingForQr.push({ resolve, reject })
            connect()
        }),
    pairByCode: async ({ phone }) => {
        if (!socket) {
            await new Promise((resolve, reject) => {
                waitingForQr.push({ resolve, reject })
                connect()
            })
        }
        const code = await socket.requestPairingCode(phone)
        // It does not wait for an answer; whoever answers this has read the request before.
        await socket.query({
            tag: 'iq',
            attrs: { to: 's.whatsapp.net', type: 'get', xmlns: 'w:p' },
            content: [{ tag: 'ping', attrs: {} }],
        })
        return { code }
    },
    connect: () =>
        new Promise((resolve, reject) => {
            waitingForOpen.push({ resolve, reject })
            connect()
        }),
    awaitOpen: () =>
        new Promise((resolve, reject) => {
            if (open) resolve(self())
            else waitingForOpen.push({ resolve, reject })
        }),
    disconnect: async () => {
        await socket.end(undefined)
        return {}
    },
    createGroup: async ({ subject, people }) => groupOf(await socket.groupCreate(subject, people)),
    createCommunity: async ({ subject }) => groupOf(await socket.communityCreate(subject, 'All of us')),
    linkGroup: async ({ group, child }) => {
        await socket.communityLinkGroup(child, group)
        return {}
    },
    linkedGroups: async ({ group }) => {
        const { linkedGroups } = await socket.communityFetchLinkedGroups(group)
        return linkedGroups.map(({ id, subject }) => ({ id, subject }))
    },
    groupMetadata: async ({ group }) => groupOf(await socket.groupMetadata(group)),
    participating: async () => Object.values(await socket.groupFetchAllParticipating()).map(groupOf),
    participants: async ({ group, action, people }) => {
        const results = await socket.groupParticipantsUpdate(group, people, action)
        return results.map(result => ({
            jid: result.jid,
            code: Number(result.status),
            invitation: invitationOf(result.content),
        }))
    },
    setApproval: async ({ group, on }) => {
        await socket.groupJoinApprovalMode(group, on ? 'on' : 'off')
        return {}
    },
    joinRequests: async ({ group }) => {
        const requests = await socket.groupRequestParticipantsList(group)
        return requests.map(({ jid, request_time: at }) => ({ jid, at: Number(at) }))
    },
    decide: async ({ group, action, people }) => {
        const results = await socket.groupRequestParticipantsUpdate(group, people, action)
        return results.map(result => ({ jid: result.jid, code: Number(result.status) }))
    },
    inviteCode: async ({ group, reset }) => ({
        code: await (reset ? socket.groupRevokeInvite(group) : socket.groupInviteCode(group)),
    }),
    inviteInfo: async ({ code }) => groupOf(await socket.groupGetInviteInfo(code)),
    join: async ({ code }) => ({ group: (await socket.groupAcceptInvite(code)) ?? null }),
    accept: async ({ group, inviter, invitation }) => {
        await socket.groupAcceptInviteV4(inviter, {
            groupJid: group,
            inviteCode: invitation.code,
            inviteExpiration: invitation.expiration,
        })
        return {}
    },
    setSubject: async ({ group, subject }) => {
        await socket.groupUpdateSubject(group, subject)
        return {}
    },
    sendText: async ({ chat, text, people }) => {
        const message = await socket.sendMessage(chat, { text }, people ? { statusJidList: people } : {})
        sent.set(message.key.id, message.message)
        return { id: message.key.id }
    },
    sendContent: async ({ chat, what, text, about, options: names, vcard, latitude, longitude, data, mime }) => {
        const key = { remoteJid: chat, fromMe: true, id: about }
        const bytes = Buffer.from(data ?? '', 'base64')
        const contents = {
            image: () => ({ image: bytes, caption: text, mimetype: mime }),
            video: () => ({ video: bytes, caption: text, mimetype: mime }),
            audio: () => ({ audio: bytes, mimetype: mime, ptt: true }),
            document: () => ({ document: bytes, fileName: text, mimetype: mime }),
            sticker: () => ({ sticker: bytes, mimetype: mime }),
            location: () => ({ location: { name: text, degreesLatitude: latitude, degreesLongitude: longitude } }),
            contact: () => ({ contacts: { displayName: text, contacts: [{ displayName: text, vcard }] } }),
            poll: () => ({ poll: { name: text, values: names, selectableCount: 1 } }),
            edit: () => ({ text, edit: key }),
            delete: () => ({ delete: key }),
        }
        const message = await socket.sendMessage(chat, contents[what]())
        sent.set(message.key.id, message.message)
        return { id: message.key.id }
    },
    forgetSessions: async () => {
        for (const key of [...keys.keys()]) {
            if (key.startsWith('session/') || key.startsWith('sender-key/')) keys.delete(key)
        }
        return {}
    },
    openSealed: async ({ group, sender, ciphertext }) => {
        const msg = Buffer.from(ciphertext, 'base64')
        const padded = await socket.signalRepository.decryptGroupMessage({ group, authorJid: sender, msg })
        return { text: textOf(proto.Message.decode(unpadRandomMax16(padded))) }
    },
    setState: async ({ what, chat, on, text, about }) => {
        const key = { remoteJid: chat, fromMe: true, id: about }
        const lastMessages = [{ key, messageTimestamp: Math.floor(Date.now() / 1000) }]
        const contact = { fullName: text, firstName: text, saveOnPrimaryAddressbook: true }
        const states = {
            archive: () => socket.chatModify({ archive: on, lastMessages }, chat),
            pin: () => socket.chatModify({ pin: on }, chat),
            mute: () => socket.chatModify({ mute: on ? -1 : null }, chat),
            contact: () => socket.addOrEditContact(chat, contact),
        }
        await states[what]()
        return {}
    },
    business: async ({ chat }) => {
        const profile = await socket.getBusinessProfile(chat)
        const { products } = profile ? await socket.getCatalog({ jid: chat }) : { products: [] }
        return {
            business: !!profile,
            description: profile?.description ?? '',
            category: profile?.category ?? '',
            email: profile?.email ?? '',
            products: products.map(({ name, price }) => ({ name, price })),
        }
    },
    block: async ({ chat, lid, on }) => {
        // It takes the other name of who is blocked out of its own book of them.
        await socket.signalRepository.lidMapping.storeLIDPNMappings([{ lid, pn: chat }])
        await socket.updateBlockStatus(chat, on ? 'block' : 'unblock')
        return {}
    },
    blocked: () => socket.fetchBlocklist(),
    rejectCall: async ({ call, from }) => {
        await socket.rejectCall(call, from)
        return {}
    },
    leave: async ({ group }) => {
        await socket.groupLeave(group)
        return {}
    },
    logout: async () => {
        await socket.logout()
        return {}
    },
    quit: async () => {
        setImmediate(() => process.exit(0))
        return {}
    },
}

// A refusal of the service is a Boom whose data is the code; anything else has none.
const errorOf = error => ({
    code: typeof error?.data === 'number' ? error.data : Number(error?.data?.attrs?.code ?? 0),
    text: String(error?.message ?? error),
})

async function onLine(line) {
    let id = null
    try {
        const command = JSON.parse(line)
        id = command.id
        const run = commands[command.do]
        if (!run) throw new Error(`no such command: ${command.do}`)
        write({ id, ok: await run(command) })
    } catch (error) {
        write({ id, error: errorOf(error) })
    }
}

process.on('unhandledRejection', error => logger.error({ err: error }, 'unhandled rejection'))
createInterface({ input: process.stdin }).on('line', onLine).on('close', () => process.exit(0))
event('started', { client: 'baileys' })
