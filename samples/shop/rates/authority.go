package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

var (
	errUnknownCountry = errors.New("unknown country")
	tracer            = otel.Tracer("shop.example/rates")
	client            = http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)}
)

// authority is the tax authority's web service.
type authority struct{ url string }

// ask answers the rate that the authority has for a country, or errUnknownCountry.
func (a authority) ask(ctx context.Context, country string) (float64, error) {
	ctx, span := tracer.Start(ctx, "ask tax authority",
		trace.WithAttributes(attribute.String("country", country)))
	defer span.End()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, a.url+"/rates/"+url.PathEscape(country), nil)
	if err != nil {
		return 0, err
	}
	response, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNotFound {
		return 0, errUnknownCountry
	}
	if response.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("the tax authority answered %s", response.Status)
	}
	var body struct{ Rate float64 }
	err = json.NewDecoder(response.Body).Decode(&body)
	return body.Rate, err
}
