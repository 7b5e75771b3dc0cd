// Command rates answers what tax a country takes; it asks the tax authority's own web service.
package main

import (
	"context"
	"errors"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	stopTracing, err := startTracing(ctx)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:"+setting("PORT", "3003"))
	if err != nil {
		return err
	}
	server := &http.Server{Handler: routes(authority{url: setting("TAX_AUTHORITY_URL", "http://127.0.0.1:3002")})}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	log.Printf("rates listening on http://%s", listener.Addr())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	last, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return stopTracing(last)
}

func setting(name, usual string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return usual
}
