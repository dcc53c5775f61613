package main

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"

	"go.mau.fi/libsignal/ecc"
	"go.mau.fi/libsignal/groups"
	"go.mau.fi/libsignal/keys/identity"
	"go.mau.fi/libsignal/keys/prekey"
	"go.mau.fi/libsignal/protocol"
	"go.mau.fi/libsignal/session"
	"go.mau.fi/libsignal/state/record"
	"go.mau.fi/libsignal/util/keyhelper"
	"go.mau.fi/libsignal/util/optional"
	"go.mau.fi/whatsmeow/store"
)

// The ciphers of whatsmeow with one device's keys in memory and no connection. What they speak is described in ../README.md.

const maxLine = 1 << 26

var (
	serializer = store.SignalProtobufSerializer
	remote     = protocol.NewSignalAddress("other", 0)
	ownKey     = protocol.NewSenderKeyName("group", protocol.NewSignalAddress("self", 0))
	remoteKey  = protocol.NewSenderKeyName("group", remote)
)

type bundle struct {
	RegistrationID uint32 `json:"registrationId"`
	Identity       []byte `json:"identity"`
	SignedPreKeyID uint32 `json:"signedPreKeyId"`
	SignedPreKey   []byte `json:"signedPreKey"`
	Signature      []byte `json:"signature"`
	PreKeyID       uint32 `json:"preKeyId"`
	PreKey         []byte `json:"preKey"`
}

func serveCiphers(in io.Reader, out io.Writer) error {
	device := &cipherDevice{}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	encoder := json.NewEncoder(out)
	for lines.Scan() {
		var commands [][]json.RawMessage
		if err := json.Unmarshal(lines.Bytes(), &commands); err != nil {
			return err
		}
		results := make([]map[string]any, len(commands))
		for i, command := range commands {
			if ok, err := device.run(command); err != nil {
				results[i] = map[string]any{"error": err.Error()}
			} else {
				results[i] = map[string]any{"ok": ok}
			}
		}
		if err := encoder.Encode(results); err != nil {
			return err
		}
	}
	return lines.Err()
}

func (d *cipherDevice) run(command []json.RawMessage) (ok any, err error) {
	defer func() {
		// Some malformed messages are more than the library can take.
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("panicked: %v", panicked)
		}
	}()
	var name, first, second string
	if err := json.Unmarshal(command[0], &name); err != nil {
		return nil, err
	}
	if name == "start" {
		var theirs bundle
		if err := json.Unmarshal(command[1], &theirs); err != nil {
			return nil, err
		}
		return nil, d.start(theirs)
	}
	for i, field := range []*string{&first, &second} {
		if len(command) > i+1 {
			if err := json.Unmarshal(command[i+1], field); err != nil {
				return nil, err
			}
		}
	}
	switch name {
	case "create":
		return d.create()
	case "bundle":
		return d.bundle()
	case "encrypt":
		return d.encrypt(decoded(first))
	case "decrypt":
		return d.decrypt(first, decoded(second))
	case "rotate":
		return d.rotate()
	case "told":
		return nil, d.told(decoded(first))
	case "encryptGroup":
		return d.encryptGroup(decoded(first))
	case "decryptGroup":
		return d.decryptGroup(decoded(first))
	}
	return nil, fmt.Errorf("no command %s", name)
}

func decoded(text string) []byte {
	value, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return value
}

func (d *cipherDevice) create() (any, error) {
	pair, err := keyhelper.GenerateIdentityKeyPair()
	if err != nil {
		return nil, err
	}
	signed, err := keyhelper.GenerateSignedPreKey(pair, 1, serializer.SignedPreKeyRecord)
	if err != nil {
		return nil, err
	}
	*d = cipherDevice{
		identity:       pair,
		registrationID: 1 + keyhelper.GenerateRegistrationID()%16380,
		signed:         signed,
		preKeys:        map[uint32]*record.PreKey{},
		senderKeys:     map[string][]byte{},
	}
	return map[string]any{"registrationId": d.registrationID, "identity": raw(pair.PublicKey().PublicKey())}, nil
}

func raw(key ecc.ECPublicKeyable) []byte {
	public := key.PublicKey()
	return public[:]
}

func (d *cipherDevice) bundle() (any, error) {
	d.lastPreKey++
	keys, err := ecc.GenerateKeyPair()
	if err != nil {
		return nil, err
	}
	d.preKeys[d.lastPreKey] = record.NewPreKey(d.lastPreKey, keys, serializer.PreKeyRecord)
	signature := d.signed.Signature()
	return bundle{
		RegistrationID: d.registrationID,
		Identity:       raw(d.identity.PublicKey().PublicKey()),
		SignedPreKeyID: d.signed.ID(),
		SignedPreKey:   raw(d.signed.KeyPair().PublicKey()),
		Signature:      signature[:],
		PreKeyID:       d.lastPreKey,
		PreKey:         raw(keys.PublicKey()),
	}, nil
}

func (d *cipherDevice) builder() *session.Builder {
	return session.NewBuilderFromSignal(d, remote, serializer)
}

func (d *cipherDevice) start(theirs bundle) error {
	return d.builder().ProcessBundle(context.Background(), prekey.NewBundle(
		theirs.RegistrationID, 0,
		optional.NewOptionalUint32(theirs.PreKeyID), theirs.SignedPreKeyID,
		ecc.NewDjbECPublicKey([32]byte(theirs.PreKey)), ecc.NewDjbECPublicKey([32]byte(theirs.SignedPreKey)),
		[64]byte(theirs.Signature), identity.NewKey(ecc.NewDjbECPublicKey([32]byte(theirs.Identity)))))
}

func (d *cipherDevice) encrypt(plain []byte) (any, error) {
	message, err := session.NewCipher(d.builder(), remote).Encrypt(context.Background(), plain)
	if err != nil {
		return nil, err
	}
	kind := "msg"
	if message.Type() == protocol.PREKEY_TYPE {
		kind = "pkmsg"
	}
	return map[string]any{"type": kind, "bytes": message.Serialize()}, nil
}

func (d *cipherDevice) decrypt(kind string, message []byte) ([]byte, error) {
	ctx := context.Background()
	cipher := session.NewCipher(d.builder(), remote)
	current, err := d.LoadSession(ctx, remote)
	if err != nil {
		return nil, err
	}
	var parsed *protocol.SignalMessage
	if kind == "pkmsg" {
		outer, err := protocol.NewPreKeySignalMessageFromBytes(message, serializer.PreKeySignalMessage, serializer.SignalMessage)
		if err != nil {
			return nil, err
		}
		if !current.HasSessionState(outer.MessageVersion(), outer.BaseKey().Serialize()) {
			return cipher.DecryptMessage(ctx, outer)
		}
		parsed = outer.WhisperMessage()
	} else if parsed, err = protocol.NewSignalMessageFromBytes(message, serializer.SignalMessage); err != nil {
		return nil, err
	}
	if len(current.PreviousSessionStates()) == 0 {
		return cipher.Decrypt(ctx, parsed)
	}
	// The library tries one session after the other and keeps what a vain try did to its session, which can't be used any
	// more then. This is about the ciphers: each session is tried on a copy.
	for i := -1; i < len(current.PreviousSessionStates()); i++ {
		record, err := d.LoadSession(ctx, remote)
		if err != nil {
			return nil, err
		}
		state := record.SessionState()
		if i >= 0 {
			state = record.PreviousSessionStates()[i]
		}
		plain, _, err := cipher.DecryptWithState(ctx, state, parsed)
		if err == nil {
			return plain, d.promote(record, i)
		}
	}
	return nil, fmt.Errorf("of no session")
}

// promote stores a session after a message of one of its states, of which -1 is the current one.
func (d *cipherDevice) promote(current *record.Session, used int) error {
	structure := current.Structure()
	if used >= 0 {
		state := structure.PreviousStates[used]
		others := append([]*record.StateStructure{structure.SessionState}, structure.PreviousStates[:used]...)
		structure.PreviousStates = append(others, structure.PreviousStates[used+1:]...)
		structure.SessionState = state
	}
	promoted, err := record.NewSessionFromStructure(structure, serializer.Session, serializer.State)
	if err != nil {
		return err
	}
	return d.StoreSession(context.Background(), remote, promoted)
}

func (d *cipherDevice) rotate() ([]byte, error) {
	delete(d.senderKeys, senderKeyID(ownKey))
	told, err := groups.NewGroupSessionBuilder(d, serializer).Create(context.Background(), ownKey)
	if err != nil {
		return nil, err
	}
	return told.Serialize(), nil
}

func (d *cipherDevice) told(message []byte) error {
	parsed, err := protocol.NewSenderKeyDistributionMessageFromBytes(message, serializer.SenderKeyDistributionMessage)
	if err != nil {
		return err
	}
	return groups.NewGroupSessionBuilder(d, serializer).Process(context.Background(), remoteKey, parsed)
}

func (d *cipherDevice) groupCipher(name *protocol.SenderKeyName) *groups.GroupCipher {
	return groups.NewGroupCipher(groups.NewGroupSessionBuilder(d, serializer), name, d)
}

func (d *cipherDevice) encryptGroup(plain []byte) ([]byte, error) {
	message, err := d.groupCipher(ownKey).Encrypt(context.Background(), plain)
	if err != nil {
		return nil, err
	}
	return message.SignedSerialize(), nil
}

func (d *cipherDevice) decryptGroup(message []byte) ([]byte, error) {
	parsed, err := protocol.NewSenderKeyMessageFromBytes(message, serializer.SenderKeyMessage)
	if err != nil {
		return nil, err
	}
	return d.groupCipher(remoteKey).Decrypt(context.Background(), parsed)
}
