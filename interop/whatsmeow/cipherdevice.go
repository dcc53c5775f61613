package main

import (
	"context"

	senderkeys "go.mau.fi/libsignal/groups/state/record"
	"go.mau.fi/libsignal/keys/identity"
	"go.mau.fi/libsignal/protocol"
	"go.mau.fi/libsignal/state/record"
)

// cipherDevice is the library's store of one device that shares with one other. States go through their serialized form.
type cipherDevice struct {
	identity       *identity.KeyPair
	registrationID uint32
	signed         *record.SignedPreKey
	preKeys        map[uint32]*record.PreKey
	lastPreKey     uint32
	session        []byte
	senderKeys     map[string][]byte
}

func (d *cipherDevice) GetIdentityKeyPair() *identity.KeyPair { return d.identity }

func (d *cipherDevice) GetLocalRegistrationID() uint32 { return d.registrationID }

func (d *cipherDevice) SaveIdentity(context.Context, *protocol.SignalAddress, *identity.Key) error {
	return nil
}

func (d *cipherDevice) IsTrustedIdentity(context.Context, *protocol.SignalAddress, *identity.Key) (bool, error) {
	return true, nil
}

func (d *cipherDevice) LoadPreKey(_ context.Context, id uint32) (*record.PreKey, error) {
	return d.preKeys[id], nil
}

func (d *cipherDevice) StorePreKey(_ context.Context, id uint32, key *record.PreKey) error {
	d.preKeys[id] = key
	return nil
}

func (d *cipherDevice) ContainsPreKey(_ context.Context, id uint32) (bool, error) {
	return d.preKeys[id] != nil, nil
}

func (d *cipherDevice) RemovePreKey(_ context.Context, id uint32) error {
	delete(d.preKeys, id)
	return nil
}

func (d *cipherDevice) LoadSignedPreKey(_ context.Context, id uint32) (*record.SignedPreKey, error) {
	if id != d.signed.ID() {
		return nil, nil
	}
	return d.signed, nil
}

func (d *cipherDevice) LoadSignedPreKeys(context.Context) ([]*record.SignedPreKey, error) {
	return []*record.SignedPreKey{d.signed}, nil
}

func (d *cipherDevice) StoreSignedPreKey(_ context.Context, _ uint32, key *record.SignedPreKey) error {
	d.signed = key
	return nil
}

func (d *cipherDevice) ContainsSignedPreKey(_ context.Context, id uint32) (bool, error) {
	return id == d.signed.ID(), nil
}

func (d *cipherDevice) RemoveSignedPreKey(context.Context, uint32) error { return nil }

func (d *cipherDevice) LoadSession(context.Context, *protocol.SignalAddress) (*record.Session, error) {
	if d.session == nil {
		return record.NewSession(serializer.Session, serializer.State), nil
	}
	return record.NewSessionFromBytes(d.session, serializer.Session, serializer.State)
}

func (d *cipherDevice) GetSubDeviceSessions(context.Context, string) ([]uint32, error) {
	return nil, nil
}

func (d *cipherDevice) StoreSession(_ context.Context, _ *protocol.SignalAddress, session *record.Session) error {
	d.session = session.Serialize()
	return nil
}

func (d *cipherDevice) ContainsSession(context.Context, *protocol.SignalAddress) (bool, error) {
	return d.session != nil, nil
}

func (d *cipherDevice) DeleteSession(context.Context, *protocol.SignalAddress) error {
	d.session = nil
	return nil
}

func (d *cipherDevice) DeleteAllSessions(context.Context) error {
	d.session = nil
	return nil
}

func senderKeyID(name *protocol.SenderKeyName) string { return name.Sender().String() }

func (d *cipherDevice) StoreSenderKey(_ context.Context, name *protocol.SenderKeyName, key *senderkeys.SenderKey) error {
	d.senderKeys[senderKeyID(name)] = key.Serialize()
	return nil
}

func (d *cipherDevice) LoadSenderKey(_ context.Context, name *protocol.SenderKeyName) (*senderkeys.SenderKey, error) {
	stored := d.senderKeys[senderKeyID(name)]
	if stored == nil {
		return senderkeys.NewSenderKey(serializer.SenderKeyRecord, serializer.SenderKeyState), nil
	}
	return senderkeys.NewSenderKeyFromBytes(stored, serializer.SenderKeyRecord, serializer.SenderKeyState)
}
