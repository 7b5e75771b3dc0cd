//go:build tools

// Package tools keeps the dependencies of Jaeger's main package in go.mod and go.sum.
package tools

import _ "github.com/jaegertracing/jaeger/cmd/jaeger"
