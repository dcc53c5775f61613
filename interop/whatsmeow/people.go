package main

import (
	"context"
	"errors"
	"fmt"

	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// executeAboutPeople runs the commands about businesses and blocked people.
func (d *driver) executeAboutPeople(ctx context.Context, next command) (any, error) {
	switch next.Do {
	case "business":
		return d.business(ctx, next)
	case "block":
		lid, err := types.ParseJID(next.Lid)
		if err != nil {
			return nil, err
		}
		action := events.BlocklistChangeActionUnblock
		if next.On {
			action = events.BlocklistChangeActionBlock
		}
		_, err = d.client.UpdateBlocklist(ctx, lid, action)
		return map[string]any{}, err
	case "blocked":
		list, err := d.client.GetBlocklist(ctx)
		if err != nil {
			return nil, err
		}
		all := make([]string, 0, len(list.JIDs))
		for _, jid := range list.JIDs {
			all = append(all, jid.String())
		}
		return all, nil
	}
	return nil, fmt.Errorf("no such command: %s", next.Do)
}

// business tells a profile; the library reads no catalogues.
func (d *driver) business(ctx context.Context, next command) (any, error) {
	person, err := types.ParseJID(next.Chat)
	if err != nil {
		return nil, err
	}
	profile, err := d.client.GetBusinessProfile(ctx, person)
	if err != nil {
		return nil, err
	}
	if len(profile.Categories) == 0 {
		return nil, errors.New("a business without a category")
	}
	return map[string]any{
		"business": true, "category": profile.Categories[0].Name, "email": profile.Email,
	}, nil
}
