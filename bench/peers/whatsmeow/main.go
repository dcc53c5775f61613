// The command whatsmeow puts whatsmeow behind the least HTTP that the comparison needs (../README.md); ../baileys speaks
// the same. Its store is the one that whatsmeow brings along, in an SQLite file.
//
//	whatsmeow -url ws://127.0.0.1:7020/ws/chat -root <root public key, hex> -data <folder>
package main

import (
	"context"
	"encoding/hex"
	"flag"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"

	_ "github.com/mattn/go-sqlite3"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store/sqlstore"
	waLog "go.mau.fi/whatsmeow/util/log"
)

func main() {
	address := flag.String("url", "", "chat socket of the service, ws://host:port/ws/chat")
	root := flag.String("root", "", "root public key of the service, hex")
	data := flag.String("data", "", "folder of the store")
	flag.Parse()
	if err := run(*address, *root, *data); err != nil {
		fmt.Fprintln(os.Stderr, "whatsmeow:", err)
		os.Exit(1)
	}
}

func run(address, root, data string) error {
	chat, err := url.Parse(address)
	if err != nil || chat.Scheme != "ws" || data == "" {
		return fmt.Errorf("want -url ws://host:port/ws/chat -root HEX -data FOLDER")
	}
	key, err := hex.DecodeString(root)
	if err != nil || len(key) != len(whatsmeow.WACertPubKey) {
		return fmt.Errorf("-root wants %d bytes as hex", len(whatsmeow.WACertPubKey))
	}
	copy(whatsmeow.WACertPubKey[:], key)
	if err := os.MkdirAll(data, 0o700); err != nil {
		return err
	}
	ctx := context.Background()
	source := "file:" + filepath.Join(data, "store.db") + "?_foreign_keys=on&_journal_mode=WAL&_busy_timeout=10000&_txlock=immediate"
	container, err := sqlstore.New(ctx, "sqlite3", source, waLog.Noop)
	if err != nil {
		return err
	}
	sessions := newSessions(container, redirectedTo(chat.Host))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("apiUrl  http://%s\nready\n", listener.Addr())
	if err := sessions.openAll(ctx); err != nil {
		return err
	}
	return http.Serve(listener, sessions.handler())
}

// redirectedTo makes every connection end at one address, in the clear: the library's URL is a constant.
func redirectedTo(host string) *http.Client {
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		var dialer net.Dialer
		return dialer.DialContext(ctx, network, host)
	}
	return &http.Client{Transport: &http.Transport{DialContext: dial, DialTLSContext: dial}}
}
