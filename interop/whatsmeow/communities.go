package main

import (
	"context"
	"fmt"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"
)

// createCommunity makes a community; the service adds its announcement group.
func (d *driver) createCommunity(ctx context.Context, subject string) (any, error) {
	created, err := d.client.CreateGroup(ctx, whatsmeow.ReqCreateGroup{
		Name: subject, GroupParent: types.GroupParent{IsParent: true},
	})
	if err != nil {
		return nil, err
	}
	return groupOf(created), nil
}

// executeInCommunity runs the commands about the groups of a community.
func (d *driver) executeInCommunity(ctx context.Context, community types.JID, next command) (any, error) {
	switch next.Do {
	case "linkGroup":
		child, err := types.ParseJID(next.Child)
		if err != nil {
			return nil, err
		}
		return map[string]any{}, d.client.LinkGroup(ctx, community, child)
	case "linkedGroups":
		groups, err := d.client.GetSubGroups(ctx, community)
		if err != nil {
			return nil, err
		}
		all := make([]map[string]any, 0, len(groups))
		for _, each := range groups {
			all = append(all, map[string]any{"id": each.JID.String(), "subject": each.Name})
		}
		return all, nil
	}
	return nil, fmt.Errorf("no such command: %s", next.Do)
}
