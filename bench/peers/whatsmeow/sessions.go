package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"sync"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/types"
	waLog "go.mau.fi/whatsmeow/util/log"
	"google.golang.org/protobuf/proto"
)

// betweenLooks is how often it is looked whether a session that should be connected is: the library leaves a session alone
// whose first connection, or the one after the scan of its code, has failed.
const betweenLooks = 3 * time.Second

type session struct {
	client *whatsmeow.Client
	mutex  sync.Mutex
	qr     string
	ended  string
}

type sessions struct {
	container *sqlstore.Container
	web       *http.Client
	mutex     sync.Mutex
	byPhone   map[string]*session
}

func newSessions(container *sqlstore.Container, web *http.Client) *sessions {
	return &sessions{container: container, web: web, byPhone: map[string]*session{}}
}

// openAll connects what was linked before.
func (s *sessions) openAll(ctx context.Context) error {
	devices, err := s.container.GetAllDevices(ctx)
	if err != nil {
		return err
	}
	for _, device := range devices {
		go s.add(device.ID.User, device).keepConnected()
	}
	return nil
}

func (s *sessions) add(phone string, device *store.Device) *session {
	client := whatsmeow.NewClient(device, waLog.Noop)
	client.SetWebsocketHTTPClient(s.web)
	client.SetPreLoginHTTPClient(s.web)
	client.SetMediaHTTPClient(s.web)
	added := &session{client: client}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.byPhone[phone] = added
	return added
}

func (s *sessions) find(phone string) (*session, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if found := s.byPhone[phone]; found != nil {
		return found, nil
	}
	return nil, fmt.Errorf("no session %s", phone)
}

func (s *sessions) link(phone string) error {
	added := s.add(phone, s.container.NewDevice())
	codes, err := added.client.GetQRChannel(context.Background())
	if err != nil {
		return err
	}
	go func() {
		for item := range codes {
			added.mutex.Lock()
			switch item.Event {
			case whatsmeow.QRChannelEventCode:
				added.qr = item.Code
			case whatsmeow.QRChannelSuccess.Event:
				go added.keepConnected()
			default:
				added.ended = fmt.Sprint(item.Event, " ", item.Error)
			}
			added.mutex.Unlock()
		}
	}()
	return added.client.Connect()
}

// keepConnected connects a linked session wherever the library does not by itself.
func (s *session) keepConnected() {
	for {
		if s.client.Store.ID != nil && !s.client.IsConnected() {
			if err := s.client.Connect(); err != nil && err != whatsmeow.ErrAlreadyConnected {
				fmt.Fprintln(os.Stderr, "whatsmeow: a session did not connect:", err)
			}
		}
		time.Sleep(betweenLooks)
	}
}

type call struct {
	Group string `json:"group"`
	Chat  string `json:"chat"`
	Text  string `json:"text"`
}

func (s *sessions) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", answering(func(*http.Request, call) (any, error) { return struct{}{}, nil }))
	mux.HandleFunc("GET /sessions/{phone}", answering(func(r *http.Request, _ call) (any, error) {
		found, err := s.find(r.PathValue("phone"))
		if err != nil {
			return nil, err
		}
		found.mutex.Lock()
		defer found.mutex.Unlock()
		return map[string]any{"qr": found.qr, "online": found.client.IsLoggedIn(), "ended": found.ended}, nil
	}))
	mux.HandleFunc("POST /sessions/{phone}/link", answering(func(r *http.Request, _ call) (any, error) {
		return struct{}{}, s.link(r.PathValue("phone"))
	}))
	mux.HandleFunc("POST /sessions/{phone}/leave", answering(func(r *http.Request, body call) (any, error) {
		found, err := s.find(r.PathValue("phone"))
		if err != nil {
			return nil, err
		}
		group, err := types.ParseJID(body.Group)
		if err != nil {
			return nil, err
		}
		return map[string]string{"left": body.Group}, found.client.LeaveGroup(r.Context(), group)
	}))
	mux.HandleFunc("POST /sessions/{phone}/text", answering(func(r *http.Request, body call) (any, error) {
		found, err := s.find(r.PathValue("phone"))
		if err != nil {
			return nil, err
		}
		chat, err := types.ParseJID(body.Chat)
		if err != nil {
			return nil, err
		}
		sent, err := found.client.SendMessage(r.Context(), chat, &waE2E.Message{Conversation: proto.String(body.Text)})
		return map[string]string{"id": sent.ID}, err
	}))
	return mux
}

func answering(does func(*http.Request, call) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var body call
		if r.Method == http.MethodPost && r.ContentLength > 0 {
			if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
		}
		answer, err := does(r, body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(answer); err != nil {
			panic(http.ErrAbortHandler)
		}
	}
}
