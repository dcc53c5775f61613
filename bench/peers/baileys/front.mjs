// Baileys behind the least HTTP that the comparison needs (../README.md); ../whatsmeow speaks the same. Its store is the one
// that Baileys brings along: files in a folder for each session.
//
//   node front.mjs --url ws://127.0.0.1:7020/ws/chat --root <root public key, hex> --data <folder>
import { mkdirSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { DisconnectReason, WA_CERT_DETAILS, makeWASocket, useMultiFileAuthState } from 'baileys'
import pino from 'pino'

const { values: options } = parseArgs({
    options: { url: { type: 'string' }, root: { type: 'string' }, data: { type: 'string' } },
})
if (!options.url || !options.root || !options.data) {
    process.stderr.write('usage: front.mjs --url URL --root HEX --data FOLDER\n')
    process.exit(2)
}
// The Signal library tells of sessions, with their keys, on standard output, which is ours.
console.log = console.info = () => {}
WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(options.root, 'hex')

const logger = pino({ level: 'silent' })
const sessions = new Map()

async function open(phone) {
    const { state, saveCreds } = await useMultiFileAuthState(join(options.data, phone))
    const session = sessions.get(phone) ?? { qr: null, online: false, sent: new Map() }
    sessions.set(phone, session)
    const socket = makeWASocket({
        auth: state,
        logger,
        waWebSocketUrl: options.url,
        // Without history every login would wait 20 s for it.
        shouldSyncHistoryMessage: () => false,
        syncFullHistory: false,
        getMessage: async ({ id }) => session.sent.get(id),
    })
    session.socket = socket
    socket.ev.on('creds.update', saveCreds)
    socket.ev.on('connection.update', update => {
        if (session.socket !== socket) return
        if (update.qr) session.qr = update.qr
        if (update.connection === 'open') session.online = true
        if (update.connection === 'close') {
            session.online = false
            if (update.lastDisconnect?.error?.output?.statusCode !== DisconnectReason.loggedOut) void open(phone)
        }
    })
}

const actions = {
    link: async phone => {
        if (sessions.has(phone)) sessions.get(phone).qr = null
        await open(phone)
        return {}
    },
    leave: async (phone, { group }) => {
        await sessions.get(phone).socket.groupLeave(group)
        return { left: group }
    },
    text: async (phone, { chat, text }) => {
        const session = sessions.get(phone)
        const message = await session.socket.sendMessage(chat, { text })
        session.sent.set(message.key.id, message.message)
        return { id: message.key.id }
    },
}

async function answer(request) {
    const [, phone, action] = /^\/sessions\/(\d+)(?:\/(\w+))?$/.exec(request.url) ?? []
    if (request.url === '/health') return {}
    if (request.method === 'GET' && phone && !action) {
        const { qr, online } = sessions.get(phone)
        return { qr, online }
    }
    const body = []
    for await (const part of request) body.push(part)
    return actions[action](phone, body.length ? JSON.parse(Buffer.concat(body)) : {})
}

const server = createServer(async (request, response) => {
    let status = 200
    let text
    try {
        text = JSON.stringify(await answer(request))
    } catch (error) {
        status = 500
        text = JSON.stringify({ error: String(error?.message ?? error) })
    }
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    response.end(text)
})
// The comparison keeps its connections.
server.keepAliveTimeout = 0
server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`apiUrl  http://127.0.0.1:${server.address().port}\nready\n`)
})
mkdirSync(options.data, { recursive: true })
readdirSync(options.data).forEach(phone => void open(phone))
