// The command whatsmeow drives one whatsmeow client by JSON lines: commands on standard input, replies and events on
// standard output, the client's log on standard error. The vocabulary is described in ../README.md; ../baileys speaks
// the same.
//
//	whatsmeow-driver -url ws://127.0.0.1:7020/ws/chat -root <root public key, hex> -name Alice
//	whatsmeow-driver -cipher
package main

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"google.golang.org/protobuf/proto"
	_ "modernc.org/sqlite"
)

const longestLine = 64 << 20

func main() {
	address := flag.String("url", "", "chat socket of the service, ws://host:port/ws/chat")
	root := flag.String("root", "", "root public key of the service, hex")
	name := flag.String("name", "", "push name")
	level := flag.String("log-level", "INFO", "least level written to standard error")
	ciphers := flag.Bool("cipher", false, "serve the ciphers alone, without a connection")
	flag.Parse()
	silenceSignal()
	if *ciphers {
		if err := serveCiphers(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, "whatsmeow-driver:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(*address, *root, *name, *level); err != nil {
		fmt.Fprintln(os.Stderr, "whatsmeow-driver:", err)
		os.Exit(1)
	}
}

func run(address, root, name, level string) error {
	chat, err := url.Parse(address)
	if err != nil || chat.Scheme != "ws" || name == "" {
		return fmt.Errorf("want -url ws://host:port/ws/chat -root HEX -name NAME")
	}
	key, err := hex.DecodeString(root)
	if err != nil || len(key) != len(whatsmeow.WACertPubKey) {
		return fmt.Errorf("-root wants %d bytes as hex", len(whatsmeow.WACertPubKey))
	}
	copy(whatsmeow.WACertPubKey[:], key)

	// Credentials and keys live as long as the process: a driver is one linked device.
	folder, err := os.MkdirTemp("", "whatsmeow-driver-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)

	log := stderrLog{module: "whatsmeow", least: rank(level)}
	ctx := context.Background()
	source := "file:" + filepath.Join(folder, "store.db") +
		"?_pragma=foreign_keys(1)&_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)&_pragma=busy_timeout(10000)"
	container, err := openStore(ctx, source, log)
	if err != nil {
		return err
	}
	store.BaseClientPayload.PushName = proto.String(name)
	device := container.NewDevice()
	device.PushName = name

	client := whatsmeow.NewClient(device, log)
	web := &http.Client{Transport: redirectedTo(chat.Host)}
	client.SetWebsocketHTTPClient(web)
	client.SetPreLoginHTTPClient(web)
	client.SetMediaHTTPClient(web)

	out := &lines{encoder: json.NewEncoder(os.Stdout)}
	driver := newDriver(client, out)
	client.AddEventHandler(driver.onEvent)
	out.write(map[string]any{"event": "started", "client": "whatsmeow"})
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, longestLine) // a line may bring a file
	return driver.serve(ctx, input)
}

func openStore(ctx context.Context, source string, log stderrLog) (*sqlstore.Container, error) {
	// The driver registers itself as "sqlite"; the container knows the dialect by the same name.
	container, err := sqlstore.New(ctx, "sqlite", source, log.Sub("Store"))
	if err != nil {
		return nil, fmt.Errorf("opening the store: %w", err)
	}
	return container, nil
}

// redirectedTo makes every connection end at one address, in the clear: the library's URL is a constant.
func redirectedTo(host string) *http.Transport {
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		var dialer net.Dialer
		return dialer.DialContext(ctx, network, host)
	}
	return &http.Transport{DialContext: dial, DialTLSContext: dial}
}

// lines writes one JSON value a line, from any goroutine.
type lines struct {
	mutex   sync.Mutex
	encoder *json.Encoder
}

func (l *lines) write(value any) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if err := l.encoder.Encode(value); err != nil {
		fmt.Fprintln(os.Stderr, "whatsmeow-driver: cannot write:", err)
		os.Exit(1)
	}
}
