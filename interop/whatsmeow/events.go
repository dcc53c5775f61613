package main

import (
	"maps"
	"strings"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

type person struct {
	JID   string  `json:"jid"`
	Alias *string `json:"alias"`
	Role  string  `json:"role"`
}

type group struct {
	ID      string   `json:"id"`
	Subject string   `json:"subject"`
	Mode    string   `json:"mode"`
	Owner   *string  `json:"owner"`
	People  []person `json:"people"`
}

type outcome struct {
	JID        string      `json:"jid"`
	Code       int         `json:"code"`
	Invitation *invitation `json:"invitation,omitempty"`
}

// invitation is what somebody who could not be added may be sent.
type invitation struct {
	Code       string `json:"code"`
	Expiration int64  `json:"expiration"`
}

func outcomesOf(results []types.GroupParticipant) []outcome {
	outcomes := make([]outcome, 0, len(results))
	for _, result := range results {
		code := result.Error
		if code == 0 {
			code = 200
		}
		one := outcome{JID: result.JID.String(), Code: code}
		if request := result.AddRequest; request != nil {
			one.Invitation = &invitation{Code: request.Code, Expiration: request.Expiration.Unix()}
		}
		outcomes = append(outcomes, one)
	}
	return outcomes
}

func (d *driver) onEvent(raw any) {
	if d.onState(raw) {
		return
	}
	switch event := raw.(type) {
	case *events.PairSuccess:
		d.event("paired", map[string]any{"pn": event.ID.ToNonAD().String(), "lid": event.LID.ToNonAD().String()})
	case *events.Connected:
		d.opened()
	case *events.LoggedOut:
		d.closed(401, event.PermanentDisconnectDescription())
	case *events.StreamReplaced:
		d.closed(440, event.PermanentDisconnectDescription())
	case *events.ClientOutdated:
		d.closed(405, event.PermanentDisconnectDescription())
	case *events.TemporaryBan:
		d.closed(402, event.PermanentDisconnectDescription())
	case *events.ConnectFailure:
		d.closed(int(event.Reason), event.PermanentDisconnectDescription())
	case *events.PairError:
		d.closed(0, "pairing failed: "+event.Error.Error())
	case *events.Disconnected:
		d.closed(428, "the service closed the connection")
	case *events.JoinedGroup:
		d.event("joined", map[string]any{"group": groupOf(&event.GroupInfo)})
	case *events.GroupInfo:
		d.onGroupChange(event)
	case *events.Message:
		d.onMessage(event)
	case *events.Receipt:
		d.onReceipt(event)
	case *events.CallOffer:
		_, video := event.Data.GetOptionalChildByTag("video")
		d.onCall(event.BasicCallMeta, "offer", video)
	case *events.CallOfferNotice:
		d.onCall(event.BasicCallMeta, "offer", event.Media == "video")
	case *events.CallAccept:
		d.onCall(event.BasicCallMeta, "accept", false)
	case *events.CallReject:
		d.onCall(event.BasicCallMeta, "reject", false)
	case *events.CallTerminate:
		what := "terminate"
		if event.Reason == "timeout" {
			what = "timeout"
		}
		d.onCall(event.BasicCallMeta, what, false)
	case *events.HistorySync:
		d.onHistory(event)
	}
}

func (d *driver) onCall(call types.BasicCallMeta, what string, video bool) {
	d.event("call", map[string]any{"id": call.CallID, "from": call.CallCreator.String(), "what": what, "video": video})
}

// onHistory tells what the phone had before, as far as this part of it goes.
func (d *driver) onHistory(event *events.HistorySync) {
	messages := []string{}
	for _, chat := range event.Data.GetConversations() {
		for _, message := range chat.GetMessages() {
			messages = append(messages, message.GetMessage().GetKey().GetID())
		}
	}
	d.event("history", map[string]any{"chats": len(event.Data.GetConversations()), "messages": messages})
}

func (d *driver) onGroupChange(event *events.GroupInfo) {
	// Leaving is a removal by oneself: the library leaves telling the two apart to its user.
	removal := "remove"
	if len(event.Leave) == 1 && event.Sender != nil && (*event.Sender == event.Leave[0] ||
		event.SenderPN != nil && *event.SenderPN == event.Leave[0]) {
		removal = "leave"
	}
	d.change(event, "add", event.Join)
	d.change(event, removal, event.Leave)
	d.change(event, "promote", event.Promote)
	d.change(event, "demote", event.Demote)
	if event.Name != nil {
		d.event("subject", map[string]any{
			"group": event.JID.String(), "actor": text(event.Sender), "subject": event.Name.Name,
		})
	}
	if event.NewInviteLink != nil {
		d.event("link", map[string]any{
			"group": event.JID.String(), "actor": text(event.Sender),
			"code": strings.TrimPrefix(*event.NewInviteLink, whatsmeow.InviteLinkPrefix),
		})
	}
	for _, unknown := range event.UnknownChanges {
		d.event("unknown", map[string]any{"group": event.JID.String(), "tag": unknown.Tag})
	}
}

func (d *driver) change(event *events.GroupInfo, kind string, affected []types.JID) {
	if len(affected) == 0 {
		return
	}
	people := make([]person, 0, len(affected))
	for _, jid := range affected {
		people = append(people, person{JID: jid.String(), Role: "member"})
	}
	d.event("change", map[string]any{
		"group": event.JID.String(), "kind": kind, "actor": text(event.Sender), "people": people,
	})
}

func (d *driver) event(name string, fields map[string]any) {
	line := map[string]any{"event": name}
	maps.Copy(line, fields)
	d.out.write(line)
}

func (d *driver) opened() {
	d.event("open", d.self())
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.open = true
	for _, waiter := range d.waiting {
		close(waiter)
	}
	d.waiting = nil
}

func (d *driver) closed(code int, reason string) {
	d.event("close", map[string]any{"code": code, "text": reason})
	d.mutex.Lock()
	d.open = false
	d.mutex.Unlock()
}

func groupOf(info *types.GroupInfo) group {
	people := make([]person, 0, len(info.Participants))
	for _, participant := range info.Participants {
		// The library knows both names of everybody; the alias is the one that is not the group's own.
		alias := participant.PhoneNumber
		if participant.JID == participant.PhoneNumber {
			alias = participant.LID
		}
		role := "member"
		if participant.IsSuperAdmin {
			role = "superadmin"
		} else if participant.IsAdmin {
			role = "admin"
		}
		people = append(people, person{JID: participant.JID.String(), Alias: text(&alias), Role: role})
	}
	mode := string(info.AddressingMode)
	if mode == "" {
		mode = "pn"
	}
	return group{
		ID: info.JID.String(), Subject: info.Name, Mode: mode, Owner: text(&info.OwnerJID), People: people,
	}
}

func text(jid *types.JID) *string {
	if jid == nil || jid.IsEmpty() {
		return nil
	}
	written := jid.String()
	return &written
}
