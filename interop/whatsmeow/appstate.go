package main

import (
	"context"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow/appstate"
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waSyncAction"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"
)

// contactVersion is that of entries of the address book, of which the library writes none itself.
const contactVersion = 2

// attempts are made to write; each begins with what is known by then.
const attempts = 5

// setState does what all devices of the account learn.
func (d *driver) setState(ctx context.Context, next command) (any, error) {
	chat, err := types.ParseJID(next.Chat)
	if err != nil {
		return nil, err
	}
	var patch appstate.PatchInfo
	switch next.What {
	case "archive":
		key := &waCommon.MessageKey{
			RemoteJID: proto.String(next.Chat), FromMe: proto.Bool(false), ID: proto.String(next.About),
		}
		patch = appstate.BuildArchive(chat, next.On, time.Now(), key)
	case "pin":
		patch = appstate.BuildPin(chat, next.On)
	case "mute":
		patch = appstate.BuildMute(chat, next.On, 0)
	case "contact":
		patch = appstate.PatchInfo{
			Type: appstate.WAPatchCriticalUnblockLow,
			Mutations: []appstate.MutationInfo{{
				Index:   []string{appstate.IndexContact, next.Chat},
				Version: contactVersion,
				Value: &waSyncAction.SyncActionValue{ContactAction: &waSyncAction.ContactAction{
					FullName: proto.String(next.Text), FirstName: proto.String(next.Text),
					SaveOnPrimaryAddressbook: proto.Bool(true),
				}},
			}},
		}
	default:
		return nil, fmt.Errorf("no such state: %s", next.What)
	}
	// When it hears of another device's patch while it writes, the library applies that twice, and gives up.
	for attempt := 1; ; attempt++ {
		err = d.client.SendAppState(ctx, patch)
		if err == nil || attempt == attempts {
			return map[string]any{}, err
		}
	}
}

// onState tells what other devices of the account have done; false for what is none of that.
func (d *driver) onState(raw any) bool {
	switch event := raw.(type) {
	case *events.Archive:
		d.state("archive", event.JID.String(), event.Action.GetArchived(), "")
	case *events.Pin:
		d.state("pin", event.JID.String(), event.Action.GetPinned(), "")
	case *events.Mute:
		d.state("mute", event.JID.String(), event.Action.GetMuted(), "")
	case *events.Contact:
		d.state("contact", event.JID.String(), true, event.Action.GetFullName())
	case *events.PushNameSetting:
		d.state("name", "", true, event.Action.GetName())
	default:
		return false
	}
	return true
}

func (d *driver) state(what, about string, on bool, text string) {
	d.event("state", map[string]any{"what": what, "about": about, "on": on, "text": text})
}
