package main

import (
	"context"
	"fmt"

	"go.mau.fi/whatsmeow"
)

// pair answers with the first QR text; later ones come as events.
func (d *driver) pair(ctx context.Context) (any, error) {
	codes, err := d.client.GetQRChannel(ctx)
	if err != nil {
		return nil, err
	}
	if err = d.client.Connect(); err != nil {
		return nil, err
	}
	first, ok := <-codes
	if !ok || first.Event != whatsmeow.QRChannelEventCode {
		return nil, fmt.Errorf("no QR code: %s: %v", first.Event, first.Error)
	}
	d.out.write(map[string]any{"event": "qr", "qr": first.Code})
	go func() {
		for item := range codes {
			if item.Event == whatsmeow.QRChannelEventCode {
				d.out.write(map[string]any{"event": "qr", "qr": item.Code})
			}
		}
	}()
	return map[string]any{"qr": first.Code}, nil
}

// pairByCode answers with a code to type on the phone, a new one each time.
func (d *driver) pairByCode(ctx context.Context, phone string) (any, error) {
	if !d.client.IsConnected() {
		if _, err := d.pair(ctx); err != nil {
			return nil, err
		}
	}
	code, err := d.client.PairPhone(ctx, phone, true, whatsmeow.PairClientChrome, "Chrome (Linux)")
	if err != nil {
		return nil, err
	}
	return map[string]any{"code": code}, nil
}
