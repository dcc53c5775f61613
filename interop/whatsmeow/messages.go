package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"go.mau.fi/whatsmeow"
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
	}
	return nil, fmt.Errorf("no such command: %s", next.Do)
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
	text := said.GetConversation()
	if extended := said.GetExtendedTextMessage(); extended != nil {
		text = extended.GetText()
	}
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
