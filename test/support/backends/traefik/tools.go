//go:build tools

// Package tools keeps the dependencies of Traefik's main package in go.mod and go.sum.
package tools

import _ "github.com/traefik/traefik/v3/cmd/traefik"
