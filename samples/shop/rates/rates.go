package main

import (
	"encoding/json"
	"log"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

// routes is what the service answers.
func routes(authority authority) http.Handler {
	mux := http.NewServeMux()
	handle := func(pattern string, handler http.HandlerFunc) {
		mux.Handle(pattern, otelhttp.NewHandler(handler, pattern))
	}
	handle("GET /rates/{country}", authority.rateOf)
	handle("GET /health", health)
	return mux
}

// rateOf answers a country's tax rate: {"rate": 0.19}.
func (a authority) rateOf(w http.ResponseWriter, r *http.Request) {
	rate, err := a.ask(r.Context(), r.PathValue("country"))
	switch {
	case err == errUnknownCountry:
		answer(w, http.StatusNotFound, map[string]string{"error": err.Error()})
	case err != nil:
		log.Print(err)
		answer(w, http.StatusBadGateway, map[string]string{"error": "the tax authority did not answer"})
	default:
		answer(w, http.StatusOK, map[string]float64{"rate": rate})
	}
}

func health(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]string{"status": "ok"})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
