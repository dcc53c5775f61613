package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"
)

// poll is one that was seen, for votes to be cast and read.
type poll struct {
	info    types.MessageInfo
	options []string
}

// sendContent sends what is no text.
func (d *driver) sendContent(ctx context.Context, next command) (any, error) {
	chat, err := types.ParseJID(next.Chat)
	if err != nil {
		return nil, err
	}
	message, err := d.fileOrContent(ctx, chat, next)
	if err != nil {
		return nil, err
	}
	sent, err := d.client.SendMessage(ctx, chat, message)
	if err != nil {
		return nil, err
	}
	if next.What == "poll" {
		d.learn(sent.ID, poll{options: next.Options, info: types.MessageInfo{
			ID: sent.ID,
			MessageSource: types.MessageSource{
				Chat: chat, Sender: sent.Sender, IsFromMe: true, IsGroup: chat.Server == types.GroupServer,
			},
		}})
	}
	return map[string]any{"id": sent.ID}, nil
}

func (d *driver) fileOrContent(ctx context.Context, chat types.JID, next command) (*waE2E.Message, error) {
	kind, known := kinds[next.What]
	if !known {
		return d.content(ctx, chat, next)
	}
	stored, err := d.client.Upload(ctx, next.Data, kind)
	if err != nil {
		return nil, err
	}
	mime, text := proto.String(next.Mime), proto.String(next.Text)
	switch next.What {
	case "image":
		return &waE2E.Message{ImageMessage: &waE2E.ImageMessage{
			Caption: text, Mimetype: mime, URL: &stored.URL, DirectPath: &stored.DirectPath, MediaKey: stored.MediaKey,
			FileEncSHA256: stored.FileEncSHA256, FileSHA256: stored.FileSHA256, FileLength: &stored.FileLength,
		}}, nil
	case "video":
		return &waE2E.Message{VideoMessage: &waE2E.VideoMessage{
			Caption: text, Mimetype: mime, URL: &stored.URL, DirectPath: &stored.DirectPath, MediaKey: stored.MediaKey,
			FileEncSHA256: stored.FileEncSHA256, FileSHA256: stored.FileSHA256, FileLength: &stored.FileLength,
		}}, nil
	case "audio":
		return &waE2E.Message{AudioMessage: &waE2E.AudioMessage{
			PTT: proto.Bool(true), Mimetype: mime, URL: &stored.URL, DirectPath: &stored.DirectPath, MediaKey: stored.MediaKey,
			FileEncSHA256: stored.FileEncSHA256, FileSHA256: stored.FileSHA256, FileLength: &stored.FileLength,
		}}, nil
	case "sticker":
		return &waE2E.Message{StickerMessage: &waE2E.StickerMessage{
			Mimetype: mime, URL: &stored.URL, DirectPath: &stored.DirectPath, MediaKey: stored.MediaKey,
			FileEncSHA256: stored.FileEncSHA256, FileSHA256: stored.FileSHA256, FileLength: &stored.FileLength,
		}}, nil
	}
	return &waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{
		FileName: text, Mimetype: mime, URL: &stored.URL, DirectPath: &stored.DirectPath, MediaKey: stored.MediaKey,
		FileEncSHA256: stored.FileEncSHA256, FileSHA256: stored.FileSHA256, FileLength: &stored.FileLength,
	}}, nil
}

// kinds are the files that can be sent.
var kinds = map[string]whatsmeow.MediaType{
	"image": whatsmeow.MediaImage, "video": whatsmeow.MediaVideo, "audio": whatsmeow.MediaAudio,
	"document": whatsmeow.MediaDocument, "sticker": whatsmeow.MediaImage,
}

// onFile tells a file once it has been fetched, by the hash of what it holds.
func (d *driver) onFile(event *events.Message, what, text string, file whatsmeow.DownloadableMessage) {
	go func() {
		data, err := d.client.Download(context.Background(), file)
		if err != nil {
			data = []byte(err.Error())
		}
		hash := sha256.Sum256(data)
		d.tell(event, what, text, hex.EncodeToString(hash[:]))
	}()
}

func (d *driver) content(ctx context.Context, chat types.JID, next command) (*waE2E.Message, error) {
	switch next.What {
	case "location":
		return &waE2E.Message{LocationMessage: &waE2E.LocationMessage{
			Name: proto.String(next.Text), DegreesLatitude: proto.Float64(next.Latitude), DegreesLongitude: proto.Float64(next.Longitude),
		}}, nil
	case "contact":
		return &waE2E.Message{ContactMessage: &waE2E.ContactMessage{
			DisplayName: proto.String(next.Text), Vcard: proto.String(next.Vcard),
		}}, nil
	case "poll":
		return d.client.BuildPollCreation(next.Text, next.Options, 1), nil
	case "edit":
		return d.client.BuildEdit(chat, next.About, &waE2E.Message{Conversation: proto.String(next.Text)}), nil
	case "delete":
		return d.client.BuildRevoke(chat, types.EmptyJID, next.About), nil
	case "vote":
		about, known := d.poll(next.About)
		if !known {
			return nil, fmt.Errorf("no such poll: %s", next.About)
		}
		return d.client.BuildPollVote(ctx, &about.info, next.Options)
	}
	return nil, fmt.Errorf("no such content: %q", next.What)
}

// onContent tells of what is no text; false when it is one.
func (d *driver) onContent(event *events.Message) bool {
	said := event.Message
	switch {
	case said.GetImageMessage() != nil:
		d.onFile(event, "image", said.GetImageMessage().GetCaption(), said.GetImageMessage())
	case said.GetVideoMessage() != nil:
		d.onFile(event, "video", said.GetVideoMessage().GetCaption(), said.GetVideoMessage())
	case said.GetAudioMessage() != nil:
		d.onFile(event, "audio", "", said.GetAudioMessage())
	case said.GetStickerMessage() != nil:
		d.onFile(event, "sticker", "", said.GetStickerMessage())
	case said.GetDocumentMessage() != nil:
		d.onFile(event, "document", said.GetDocumentMessage().GetFileName(), said.GetDocumentMessage())
	case said.GetLocationMessage() != nil:
		d.tell(event, "location", said.GetLocationMessage().GetName(), "")
	case said.GetContactMessage() != nil:
		d.tell(event, "contact", said.GetContactMessage().GetDisplayName(), "")
	case pollOf(said) != nil:
		asked := pollOf(said)
		var options []string
		for _, option := range asked.GetOptions() {
			options = append(options, option.GetOptionName())
		}
		d.learn(event.Info.ID, poll{info: event.Info, options: options})
		d.tell(event, "poll", asked.GetName(), "")
	case said.GetPollUpdateMessage() != nil:
		d.onVote(event)
	case said.GetProtocolMessage().GetType() == waE2E.ProtocolMessage_MESSAGE_EDIT:
		edit := said.GetProtocolMessage()
		d.tell(event, "edit", textOf(edit.GetEditedMessage()), edit.GetKey().GetID())
	case said.GetProtocolMessage() != nil && said.GetProtocolMessage().GetType() == waE2E.ProtocolMessage_REVOKE:
		d.tell(event, "delete", "", said.GetProtocolMessage().GetKey().GetID())
	default:
		return false
	}
	return true
}

func (d *driver) onVote(event *events.Message) {
	id := event.Message.GetPollUpdateMessage().GetPollCreationMessageKey().GetID()
	vote, err := d.client.DecryptPollVote(context.Background(), event)
	if err != nil {
		d.tell(event, "vote", "unreadable: "+err.Error(), id)
		return
	}
	about, _ := d.poll(id)
	var chosen []string
	for i, hash := range whatsmeow.HashPollOptions(about.options) {
		for _, selected := range vote.GetSelectedOptions() {
			if bytes.Equal(hash, selected) {
				chosen = append(chosen, about.options[i])
			}
		}
	}
	d.tell(event, "vote", strings.Join(chosen, ","), id)
}

func pollOf(said *waE2E.Message) *waE2E.PollCreationMessage {
	if said.GetPollCreationMessageV3() != nil {
		return said.GetPollCreationMessageV3()
	}
	return said.GetPollCreationMessage()
}

func (d *driver) learn(id string, asked poll) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.polls[id] = asked
}

func (d *driver) poll(id string) (poll, bool) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	found, known := d.polls[id]
	return found, known
}

func (d *driver) tell(event *events.Message, what, text, about string) {
	d.event("content", map[string]any{
		"chat": event.Info.Chat.String(), "sender": event.Info.Sender.ToNonAD().String(), "id": event.Info.ID,
		"own": event.Info.IsFromMe, "what": what, "text": text, "about": orNull(about),
	})
}
