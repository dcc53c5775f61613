package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"
)

// command is one line of standard input.
type command struct {
	ID      int      `json:"id"`
	Do      string   `json:"do"`
	Phone   string   `json:"phone"`
	Group   string   `json:"group"`
	Child   string   `json:"child"`
	Subject string   `json:"subject"`
	Action  string   `json:"action"`
	People  []string `json:"people"`
	On      bool     `json:"on"`
	Code    string   `json:"code"`
	Reset   bool     `json:"reset"`
	Inviter string   `json:"inviter"`
	Chat    string   `json:"chat"`
	Lid     string   `json:"lid"`
	Text    string   `json:"text"`
	Sender  string   `json:"sender"`
	Call    string   `json:"call"`
	From    string   `json:"from"`

	What      string   `json:"what"`
	About     string   `json:"about"`
	Options   []string `json:"options"`
	Vcard     string   `json:"vcard"`
	Mime      string   `json:"mime"`
	Latitude  float64  `json:"latitude"`
	Longitude float64  `json:"longitude"`

	Data       []byte     `json:"data"`
	Ciphertext []byte     `json:"ciphertext"`
	Invitation invitation `json:"invitation"`
}

type driver struct {
	client *whatsmeow.Client
	out    *lines

	mutex   sync.Mutex
	open    bool
	waiting []chan struct{}
	polls   map[string]poll
}

func newDriver(client *whatsmeow.Client, out *lines) *driver {
	return &driver{client: client, out: out, polls: map[string]poll{}}
}

// serve runs commands until standard input ends or "quit" comes. Commands run beside each other, as callers would.
func (d *driver) serve(ctx context.Context, input *bufio.Scanner) error {
	for input.Scan() {
		var next command
		if err := json.Unmarshal(input.Bytes(), &next); err != nil {
			return fmt.Errorf("not a command: %w", err)
		}
		if next.Do == "quit" {
			d.client.Disconnect()
			d.out.write(map[string]any{"id": next.ID, "ok": map[string]any{}})
			return nil
		}
		go d.answer(ctx, next)
	}
	d.client.Disconnect()
	return input.Err()
}

func (d *driver) answer(ctx context.Context, next command) {
	result, err := d.execute(ctx, next)
	if err != nil {
		d.out.write(map[string]any{"id": next.ID, "error": map[string]any{"code": codeOf(err), "text": err.Error()}})
		return
	}
	d.out.write(map[string]any{"id": next.ID, "ok": result})
}

// codeOf is the code of a refusal by the service, 0 for anything else.
func codeOf(err error) int {
	var refused *whatsmeow.IQError
	if errors.As(err, &refused) {
		return refused.Code
	}
	return refusedCode(err)
}

func (d *driver) execute(ctx context.Context, next command) (any, error) {
	switch next.Do {
	case "pair":
		return d.pair(ctx)
	case "pairByCode":
		return d.pairByCode(ctx, next.Phone)
	case "connect":
		if err := d.client.Connect(); err != nil {
			return nil, err
		}
		return d.awaitOpen(), nil
	case "awaitOpen":
		return d.awaitOpen(), nil
	case "disconnect":
		d.client.Disconnect()
		d.closed(0, "disconnected by command")
		return map[string]any{}, nil
	case "participating":
		groups, err := d.client.GetJoinedGroups(ctx)
		if err != nil {
			return nil, err
		}
		all := make([]group, 0, len(groups))
		for _, each := range groups {
			all = append(all, groupOf(each))
		}
		return all, nil
	case "createGroup":
		people, err := jids(next.People)
		if err != nil {
			return nil, err
		}
		created, err := d.client.CreateGroup(ctx, whatsmeow.ReqCreateGroup{Name: next.Subject, Participants: people})
		if err != nil {
			return nil, err
		}
		return groupOf(created), nil
	case "createCommunity":
		return d.createCommunity(ctx, next.Subject)
	case "inviteInfo":
		found, err := d.client.GetGroupInfoFromLink(ctx, next.Code)
		if err != nil {
			return nil, err
		}
		return groupOf(found), nil
	case "join":
		joined, err := d.client.JoinGroupWithLink(ctx, next.Code)
		if err != nil {
			return nil, err
		}
		return map[string]any{"group": joined.String()}, nil
	case "sendText", "sendContent", "forgetSessions", "openSealed":
		return d.executeInChat(ctx, next)
	case "setState":
		return d.setState(ctx, next)
	case "business", "block", "blocked":
		return d.executeAboutPeople(ctx, next)
	case "rejectCall":
		from, err := types.ParseJID(next.From)
		if err != nil {
			return nil, err
		}
		return map[string]any{}, d.client.RejectCall(ctx, from, next.Call)
	case "logout":
		return map[string]any{}, d.client.Logout(ctx)
	}
	return d.executeInGroup(ctx, next)
}

func (d *driver) executeInGroup(ctx context.Context, next command) (any, error) {
	target, err := types.ParseJID(next.Group)
	if err != nil || target.Server != types.GroupServer {
		return nil, fmt.Errorf("no such command, or not a group id: %s %q", next.Do, next.Group)
	}
	switch next.Do {
	case "groupMetadata":
		found, err := d.client.GetGroupInfo(ctx, target)
		if err != nil {
			return nil, err
		}
		return groupOf(found), nil
	case "participants":
		people, err := jids(next.People)
		if err != nil {
			return nil, err
		}
		results, err := d.client.UpdateGroupParticipants(ctx, target, people, whatsmeow.ParticipantChange(next.Action))
		if err != nil {
			return nil, err
		}
		return outcomesOf(results), nil
	case "setSubject":
		return map[string]any{}, d.client.SetGroupName(ctx, target, next.Subject)
	case "leave":
		return map[string]any{}, d.client.LeaveGroup(ctx, target)
	}
	return d.executeAtDoor(ctx, target, next)
}

// executeAtDoor runs the commands about who may come into a group.
func (d *driver) executeAtDoor(ctx context.Context, target types.JID, next command) (any, error) {
	switch next.Do {
	case "setApproval":
		return map[string]any{}, d.client.SetGroupJoinApprovalMode(ctx, target, next.On)
	case "joinRequests":
		requests, err := d.client.GetGroupRequestParticipants(ctx, target)
		if err != nil {
			return nil, err
		}
		all := make([]map[string]any, 0, len(requests))
		for _, each := range requests {
			all = append(all, map[string]any{"jid": each.JID.String(), "at": each.RequestedAt.Unix()})
		}
		return all, nil
	case "decide":
		people, err := jids(next.People)
		if err != nil {
			return nil, err
		}
		results, err := d.client.UpdateGroupRequestParticipants(
			ctx, target, people, whatsmeow.ParticipantRequestChange(next.Action))
		if err != nil {
			return nil, err
		}
		return outcomesOf(results), nil
	case "inviteCode":
		link, err := d.client.GetGroupInviteLink(ctx, target, next.Reset)
		if err != nil {
			return nil, err
		}
		return map[string]any{"code": strings.TrimPrefix(link, whatsmeow.InviteLinkPrefix)}, nil
	case "accept":
		inviter, err := types.ParseJID(next.Inviter)
		if err != nil {
			return nil, err
		}
		shown := next.Invitation
		// The library's own look at what it is invited to comes first, as users of it would do.
		if _, err = d.client.GetGroupInfoFromInvite(ctx, target, inviter, shown.Code, shown.Expiration); err != nil {
			return nil, err
		}
		return map[string]any{}, d.client.JoinGroupWithInvite(ctx, target, inviter, shown.Code, shown.Expiration)
	}
	return d.executeInCommunity(ctx, target, next)
}

// awaitOpen returns once the connection is open; how long that may take is the caller's affair.
func (d *driver) awaitOpen() map[string]any {
	waiter := make(chan struct{})
	d.mutex.Lock()
	if d.open {
		close(waiter)
	} else {
		d.waiting = append(d.waiting, waiter)
	}
	d.mutex.Unlock()
	<-waiter
	return d.self()
}

func (d *driver) self() map[string]any {
	self := map[string]any{"lid": d.client.Store.LID.ToNonAD().String()}
	if d.client.Store.ID != nil {
		self["pn"] = d.client.Store.ID.ToNonAD().String()
	}
	return self
}

func jids(texts []string) ([]types.JID, error) {
	parsed := make([]types.JID, 0, len(texts))
	for _, text := range texts {
		jid, err := types.ParseJID(text)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, jid)
	}
	return parsed, nil
}
