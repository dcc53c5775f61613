// The ciphers of Baileys with one device's keys in memory and no connection: commands on standard input, results on standard
// output, a JSON array of them a line. The vocabulary is described in ../README.md; ../whatsmeow -cipher speaks the same.
//
//   node cipher.mjs
import { createInterface } from 'node:readline'
import {
    GroupCipher,
    GroupSessionBuilder,
    SenderKeyDistributionMessage,
    SenderKeyName,
    SenderKeyRecord,
} from 'baileys/lib/Signal/Group/index.js'
import { BufferJSON } from 'baileys/lib/Utils/generics.js'
import libsignal from 'libsignal'

// The library tells of every session that it closes, keys included.
for (const level of ['log', 'info', 'warn', 'error']) console[level] = () => {}

const { ProtocolAddress, SessionBuilder, SessionCipher, SessionRecord, keyhelper } = libsignal
const remote = new ProtocolAddress('other', 0)
const ownKey = new SenderKeyName('group', new ProtocolAddress('self', 0))
const remoteKey = new SenderKeyName('group', remote)
const raw = key => Buffer.from(key.length === 33 ? key.subarray(1) : key).toString('base64')
const bytes = text => Buffer.from(text, 'base64')
const serialized = text => Buffer.concat([Buffer.from([5]), bytes(text)])

let device

function create() {
    const identity = keyhelper.generateIdentityKeyPair()
    device = {
        identity,
        registrationId: 1 + (keyhelper.generateRegistrationId() % 16380),
        signed: keyhelper.generateSignedPreKey(identity, 1),
        preKeys: new Map(),
        nextPreKey: 1,
        session: undefined,
        senderKeys: new Map(),
    }
    return { registrationId: device.registrationId, identity: raw(identity.pubKey) }
}

// States go through their serialized form, as they do in a store.
const storage = {
    loadSession: () => device.session && SessionRecord.deserialize(device.session),
    storeSession: (_, record) => {
        device.session = record.serialize()
    },
    isTrustedIdentity: () => true,
    loadPreKey: id => device.preKeys.get(id),
    removePreKey: id => device.preKeys.delete(id),
    loadSignedPreKey: id => (id === device.signed.keyId ? device.signed.keyPair : undefined),
    getOurIdentity: () => device.identity,
    getOurRegistrationId: () => device.registrationId,
    loadSenderKey: name => {
        const stored = device.senderKeys.get(name.toString())
        return stored ? SenderKeyRecord.deserialize(stored) : new SenderKeyRecord()
    },
    storeSenderKey: (name, record) => {
        // In the form that reading understands: what the library's own store writes loses the keys of skipped messages.
        device.senderKeys.set(name.toString(), JSON.stringify(record.serialize(), BufferJSON.replacer))
    },
}

function bundle() {
    const { keyId, keyPair } = keyhelper.generatePreKey(device.nextPreKey++)
    device.preKeys.set(keyId, keyPair)
    return {
        registrationId: device.registrationId,
        identity: raw(device.identity.pubKey),
        signedPreKeyId: device.signed.keyId,
        signedPreKey: raw(device.signed.keyPair.pubKey),
        signature: device.signed.signature.toString('base64'),
        preKeyId: keyId,
        preKey: raw(keyPair.pubKey),
    }
}

async function start(theirs) {
    await new SessionBuilder(storage, remote).initOutgoing({
        registrationId: theirs.registrationId,
        identityKey: serialized(theirs.identity),
        signedPreKey: {
            keyId: theirs.signedPreKeyId,
            publicKey: serialized(theirs.signedPreKey),
            signature: bytes(theirs.signature),
        },
        preKey: { keyId: theirs.preKeyId, publicKey: serialized(theirs.preKey) },
    })
}

async function encrypt(text) {
    const { type, body } = await new SessionCipher(storage, remote).encrypt(bytes(text))
    return { type: type === 3 ? 'pkmsg' : 'msg', bytes: Buffer.from(body).toString('base64') }
}

async function decrypt(type, text) {
    const cipher = new SessionCipher(storage, remote)
    const message = bytes(text)
    if (type === 'pkmsg') return Buffer.from(await cipher.decryptPreKeyWhisperMessage(message)).toString('base64')
    const record = storage.loadSession()
    if (Object.keys(record?.sessions ?? {}).length < 2) {
        return Buffer.from(await cipher.decryptWhisperMessage(message)).toString('base64')
    }
    // The library tries one session after the other and keeps what a vain try did to its session, which can't be used any
    // more then. This is about the ciphers: each session is tried on a copy.
    for (const id of Object.keys(record.sessions)) {
        const copy = storage.loadSession()
        try {
            const plain = await cipher.doDecryptWhisperMessage(message, copy.sessions[id])
            await cipher.storeRecord(copy)
            return Buffer.from(plain).toString('base64')
        } catch {
            // Not of this session.
        }
    }
    throw new Error('of no session')
}

async function rotate() {
    device.senderKeys.delete(ownKey.toString())
    const told = await new GroupSessionBuilder(storage).create(ownKey)
    return Buffer.from(told.serialize()).toString('base64')
}

const told = text =>
    new GroupSessionBuilder(storage).process(
        remoteKey,
        new SenderKeyDistributionMessage(null, null, null, null, bytes(text))
    )

const encryptGroup = async text =>
    Buffer.from(await new GroupCipher(storage, ownKey).encrypt(bytes(text))).toString('base64')

const decryptGroup = async text =>
    Buffer.from(await new GroupCipher(storage, remoteKey).decrypt(bytes(text))).toString('base64')

const commands = { create, bundle, start, encrypt, decrypt, rotate, told, encryptGroup, decryptGroup }

for await (const line of createInterface({ input: process.stdin })) {
    const results = []
    for (const [name, ...fields] of JSON.parse(line)) {
        try {
            results.push({ ok: (await commands[name](...fields)) ?? null })
        } catch (error) {
            results.push({ error: String(error?.message ?? error) })
        }
    }
    process.stdout.write(JSON.stringify(results) + '\n')
}
