import assert from 'node:assert/strict';
import { readGoFacts } from '../../../../src/core/code/go/goRoutes.ts';
import { goServices } from '../../../../src/core/code/go/goServices.ts';
import type { CodeIndex } from '../../../../src/core/code/model.ts';
import { isMatch, type SpanMatch } from '../../../../src/core/matching/match.ts';
import { shopIndex } from '../../../support/handMadeShop.ts';
import { mapSpans } from '../../../support/mapTrace.ts';
import { makeSpan, type SpanSketch } from '../../../support/span.ts';

const main = `package main

func main() {
	mux := http.NewServeMux()
	mux.Handle("GET /rates/{country}", rate)
	mux.Handle("POST /rates/{country}", save)
	mux.Handle("/static/", files)
	r := gin.Default()
	v1 := r.Group("/v1")
	v1.GET("/users/:id", user)
	v1.GET("/users/me", me)
}

func (s *Server) routes(r chi.Router) {
	r.Get("/orders/{id}", s.order)
}
`;
const files = new Map([['/shop/rates/main.go', readGoFacts(main)]]);
const withGo: CodeIndex = {
  ...shopIndex,
  otherFiles: new Set(['/shop/rates/main.go']),
  goServices: goServices({ files, modules: new Map([['/shop/rates', 'example.com/rates']]) }),
};

/** `likely GET /rates/{country} 5`, `+1` where others are as good. */
function shown(match: SpanMatch): string {
  if (!isMatch(match)) return `${match.cause}: ${match.reason}`;
  const others = match.alternatives.length > 0 ? ` +${match.alternatives.length}` : '';
  return `${match.confidence} ${match.symbol} ${match.location.line}${others}`;
}

/** The match of one span of a service with Go's SDK. */
function match(sketch: Omit<SpanSketch, 'id'>, index = withGo): string {
  const span = makeSpan({ id: 'a', kind: 'server', service: 'rates', ...sketch });
  const attributes = [{ key: 'telemetry.sdk.language', value: 'go' }];
  const resource = { ...span.resource, attributes };
  return shown(mapSpans([{ ...span, resource }], index).matches[0]!);
}

describe('a request of a Go service', () => {
  it('leads to the line that registers its route, likely at most', () => {
    const attributes = { 'http.request.method': 'GET', 'http.route': '/rates/{country}' };
    assert.equal(
      match({ name: 'GET /rates/{country}', attributes }),
      'likely GET /rates/{country} 5',
    );
    assert.equal(
      match({ name: 'x', attributes: { ...attributes, 'http.request.method': 'POST' } }),
      'likely POST /rates/{country} 6',
    );
  });

  it('leads there by its name alone, as otelgin and otelfiber write it, and by its path', () => {
    const old = (path: string) => ({ 'http.method': 'GET', 'http.target': path });
    assert.equal(
      match({ name: '/v1/users/:id', attributes: { 'http.method': 'GET' } }),
      'likely GET /v1/users/:id 10',
    );
    assert.equal(match({ name: 'HTTP GET /v1/users/:id' }), 'likely GET /v1/users/:id 10');
    assert.equal(
      match({ name: 'rates', attributes: old('/rates/DE?at=now') }),
      'likely GET /rates/{country} 5',
    );
    assert.equal(
      match({ name: 'rates', attributes: old('/v1/users/me') }),
      'likely GET /v1/users/me 11',
    );
    assert.equal(match({ name: 'rates', attributes: old('/static/a/b.css') }), 'likely /static/ 7');
  });

  it('is uncertain where a prefix may be missing', () => {
    const attributes = { 'http.request.method': 'GET', 'http.route': '/api/orders/{id}' };
    assert.equal(match({ name: 'x', attributes }), 'weak GET /orders/{id} 15');
  });

  it('has no line, and says why, where no route fits, none is known, or its folder is not here', () => {
    assert.equal(
      match({ name: 'GET /none', attributes: { 'http.request.method': 'GET' } }),
      'undeclaredRoute: No route in the Go code of rates matches GET /none.',
    );
    assert.equal(match({ name: 'rates' }), 'unnamedRequest: The span has no route or path.');
    assert.equal(
      match({ name: 'GET /rates/{country}', service: 'billing' }),
      'unknownFolder: No folder found for service billing. Choose one.',
    );
    assert.equal(
      match({ name: 'GET /rates/{country}' }, shopIndex),
      "otherLanguage: Service rates isn't in this workspace.",
    );
  });

  it('leads to the recorded line where there is one', () => {
    const attributes = {
      'http.request.method': 'GET',
      'http.route': '/rates/{country}',
      'code.file.path': '/build/rates/main.go',
      'code.line.number': 21,
      'code.function.name': 'main.rate',
    };
    assert.match(match({ name: 'GET /rates/{country}', attributes }), /^likely .*rate 21$/);
  });

  it("doesn't lead to a NestJS handler of the same route, nor do NestJS's requests lead to Go", () => {
    const attributes = { 'http.request.method': 'GET', 'http.route': '/api/orders/:id' };
    assert.doesNotMatch(match({ name: 'x', attributes }), /OrdersController/);
    const span = makeSpan({ id: 'a', kind: 'server', attributes });
    assert.equal(shown(mapSpans([span], withGo).matches[0]!), 'strong OrdersController.findOne 20');
  });
});
