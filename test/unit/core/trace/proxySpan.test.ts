import assert from 'node:assert/strict';
import { proxySpanOf, proxyTitle } from '../../../../src/core/trace/proxySpan.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { spanLabel } from '../../../../src/core/trace/spanLabel.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import { makeSpan, type SpanSketch } from '../../../support/span.ts';
import { traefikTraces } from '../../../support/traefik.ts';

const labelsOf = (spans: readonly RawSpan[]) => buildTrace(spans).trace.spans.map(spanLabel);
const productOf = (
  sketch: Omit<SpanSketch, 'id'>,
  resource: Readonly<Record<string, string>> = {},
) => {
  const span = makeSpan({ id: 'a', kind: 'server', ...sketch });
  const attributes = Object.entries(resource).map(([key, value]) => ({ key, value }));
  return proxySpanOf({ ...span, resource: { ...span.resource, attributes } })?.product;
};

describe("a proxy's spans", () => {
  it('of a recorded Traefik are called what they are', () => {
    assert.deepEqual(traefikTraces().map(labelsOf), [
      ['GET /nope · Traefik entry point web'],
      [
        'GET /api/boom · Traefik entry point web',
        'Router shop@file: PathPrefix(`/api`)',
        'Middleware StripPrefix strip@file',
        'Service shop@file',
        'ReverseProxy GET 127.0.0.1:18080/api/boom',
      ],
      [
        'DELETE /api/orders/7 · Traefik entry point web',
        'Router shop@file: PathPrefix(`/api`)',
        'Middleware StripPrefix strip@file',
        'Service shop@file',
        'ReverseProxy DELETE 127.0.0.1:18080/api/orders/7',
      ],
    ]);
  });

  it('of Traefik before 3.6 are called the same, for all that its entry point had no method', () => {
    const traefik = { scope: 'github.com/traefik/traefik', service: 'traefik' };
    const entry = makeSpan({
      id: 'a',
      name: 'EntryPoint',
      kind: 'server',
      ...traefik,
      attributes: { entry_point: 'websecure', 'http.request.method': 'PUT', 'url.path': '/a?b=1' },
    });
    const auth = makeSpan({
      id: 'b',
      parent: 'a',
      name: 'AuthRequest',
      kind: 'client',
      ...traefik,
      attributes: { 'http.request.method': 'GET', 'url.full': 'http://auth:9000/verify?q=1' },
    });
    assert.deepEqual(labelsOf([entry, auth]), [
      'PUT /a · Traefik entry point websecure',
      'AuthRequest GET auth:9000/verify',
    ]);
    assert.equal(proxySpanOf(auth)?.part, 'check');
    assert.equal(proxyTitle(proxySpanOf(entry)!), 'Traefik entry point websecure');
  });

  it('are known by scope, attributes, web engine, or the name that the product gives its service', () => {
    assert.equal(productOf({ scope: 'nginx' }), 'nginx');
    assert.equal(productOf({ service: 'unknown_service:nginx' }), 'nginx');
    assert.equal(productOf({ scope: 'kong-internal', name: 'kong', service: 'gateway' }), 'Kong');
    assert.equal(
      productOf({ attributes: { component: 'proxy' }, service: 'orders.shop' }),
      'Envoy',
    );
    assert.equal(productOf({ attributes: { 'upstream_cluster.name': 'orders' } }), 'Envoy');
    assert.equal(productOf({ service: 'haproxy', name: 'HAProxy session' }), 'HAProxy');
    assert.equal(productOf({ service: 'web' }, { 'webengine.name': 'Caddy' }), 'Caddy');
  });

  it('are no others: not those of Node.js, whatever it is called, nor of a service named like one', () => {
    const node = { 'telemetry.sdk.language': 'nodejs' };
    assert.equal(productOf({ service: 'kong' }, node), undefined);
    assert.equal(productOf({ service: 'traefik-dashboard' }), undefined);
    assert.equal(productOf({ service: 'nginx-proxy-manager-api' }), undefined);
    assert.equal(productOf({ service: 'shop-api', attributes: { component: 'http' } }), undefined);
    assert.equal(productOf({ service: 'haproxy', kind: 'internal' }), undefined);
  });
});
