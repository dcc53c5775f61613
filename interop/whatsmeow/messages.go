package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"go.mau.fi/whatsmeow"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"
)

// executeInChat runs the commands about messages.
func (d *driver) executeInChat(ctx context.Context, next command) (any, error) {
	switch next.Do {
	case "sendText":
		chat, err := types.ParseJID(next.Chat)
		if err != nil {
			return nil, err
		}
		sent, err := d.client.SendMessage(ctx, chat, &waE2E.Message{Conversation: proto.String(next.Text)})
		if err != nil {
			return nil, err
		}
		return map[string]any{"id": sent.ID}, nil
	case "sendContent":
		return d.sendContent(ctx, next)
	case "forgetSessions":
		people, err := jids(next.People)
		if err != nil {
			return nil, err
		}
		for _, person := range people {
			if err := d.client.Store.Sessions.DeleteAllSessions(ctx, person.SignalAddressUser()); err != nil {
				return nil, err
			}
		}
		return map[string]any{}, nil
	case "openSealed":
		return d.openSealed(ctx, next)
	}
	return nil, fmt.Errorf("no such command: %s", next.Do)
}

// openSealed reads the ciphertext of a group message with the keys that are there.
func (d *driver) openSealed(ctx context.Context, next command) (any, error) {
	group, err := types.ParseJID(next.Group)
	if err != nil {
		return nil, err
	}
	sender, err := types.ParseJID(next.Sender)
	if err != nil {
		return nil, err
	}
	// The library keeps keys under somebody's LID wherever it knows it.
	if sender.Server == types.DefaultUserServer {
		lid, err := d.client.Store.LIDs.GetLIDForPN(ctx, sender)
		if err != nil {
			return nil, err
		}
		if !lid.IsEmpty() {
			sender = lid
		}
	}
	sealed := &waBinary.Node{Tag: "enc", Attrs: waBinary.Attrs{"type": "skmsg", "v": "2"}, Content: next.Ciphertext}
	plain, _, err := d.client.DangerousInternals().DecryptGroupMsg(ctx, sealed, sender, group, time.Now())
	if err != nil {
		return nil, err
	}
	var message waE2E.Message
	if err := proto.Unmarshal(plain, &message); err != nil {
		return nil, err
	}
	return map[string]any{"text": textOf(&message)}, nil
}

// textOf is the text of a message that is one, else empty.
func textOf(message *waE2E.Message) string {
	if extended := message.GetExtendedTextMessage(); extended != nil {
		return extended.GetText()
	}
	return message.GetConversation()
}

// refusedCode is the code with which the service refused a message, 0 for any other error.
func refusedCode(err error) int {
	if !errors.Is(err, whatsmeow.ErrServerReturnedError) {
		return 0
	}
	words := strings.Fields(err.Error())
	code, _ := strconv.Atoi(words[len(words)-1])
	return code
}

func (d *driver) onMessage(event *events.Message) {
	said := event.Message
	if d.onContent(event) {
		return
	}
	text := textOf(said)
	reaction := said.GetReactionMessage()
	if reaction != nil {
		text = reaction.GetText()
	} else if text == "" {
		return
	}
	d.event("message", map[string]any{
		"chat": event.Info.Chat.String(), "sender": event.Info.Sender.ToNonAD().String(), "id": event.Info.ID,
		"own": event.Info.IsFromMe, "text": text,
		"quoted":    orNull(said.GetExtendedTextMessage().GetContextInfo().GetStanzaID()),
		"reactedTo": orNull(reaction.GetKey().GetID()),
	})
}

func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func (d *driver) onReceipt(event *events.Receipt) {
	what := ""
	switch event.Type {
	case types.ReceiptTypeDelivered:
		what = "delivered"
	case types.ReceiptTypeRead:
		what = "read"
	default:
		return
	}
	for _, id := range event.MessageIDs {
		d.event("receipt", map[string]any{"chat": event.Chat.String(), "id": id, "what": what})
	}
}
