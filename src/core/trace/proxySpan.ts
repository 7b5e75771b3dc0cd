import { onceEach } from '../base/onceEach.ts';
import { attributeOf, textAttribute, type RawSpan, type Resource } from './rawSpan.ts';

/** What a proxy did in one of its spans. */
type ProxyPart =
  | 'entry'
  | 'router'
  | 'service'
  | 'middleware'
  /** The request that it passes on. */
  | 'forward'
  /** A request of its own that decides whether it passes one on, as `forwardAuth` sends. */
  | 'check'
  | 'other';

/** A span of a proxy or gateway, which passes requests on and has no code in a workspace. */
export interface ProxySpan {
  /** `Traefik`, `nginx`, `Envoy`. */
  readonly product: string;
  readonly part: ProxyPart;
  /** Of the entry point, router, service or middleware: `orders@docker`; empty where it has none. */
  readonly name: string;
  /** Of a router: which requests it takes. */
  readonly rule: string;
  /** Of a router: the service that it leads to. */
  readonly service: string;
}

/**
 * Undefined: no proxy's span. Products are known by their scope, else by attributes that only they write, else by the
 * name that they give their service. A sidecar goes by the name of its service, so that each span counts for itself.
 */
export function proxySpanOf(span: RawSpan): ProxySpan | undefined {
  const product = productOf(span);
  if (product === undefined) return undefined;
  return product === 'Traefik' ? traefikSpan(span) : genericSpan(product, span);
}

/** Scopes: Traefik's tracer, ngx_otel_module and the contrib module, Envoy, Kong's plugin, APISIX. */
const products: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)traefik$/i, 'Traefik'],
  [/^nginx$|^ngx_|^otel_ngx/i, 'nginx'],
  [/^envoy\b/i, 'Envoy'],
  [/^kong\b/i, 'Kong'],
  [/^haproxy\b/i, 'HAProxy'],
  [/^caddy$/i, 'Caddy'],
  [/^apisix$/i, 'APISIX'],
];

function productOf({ scope, attributes, resource, kind }: RawSpan): string | undefined {
  const told = toldBy(resource);
  if (told.isNode) return undefined;
  const byScope = productOfScope(scope, told) ?? told.server;
  if (byScope !== undefined) return byScope;
  for (const { key, value } of attributes) {
    if (key.startsWith('traefik.')) return 'Traefik';
    if (key.startsWith('upstream_cluster') || (key === 'component' && value === 'proxy'))
      return 'Envoy';
  }
  return kind === 'server' || kind === 'client' ? told.service : undefined;
}

/** What a process says of itself: one look for all of its spans. */
interface ToldByResource {
  /** A Node.js process, whatever it is called. */
  readonly isNode: boolean;
  /** By `webengine.name`: Caddy's spans are those of Go's HTTP instrumentation. */
  readonly server: string | undefined;
  /** By the name of the service, as the product calls itself. */
  readonly service: string | undefined;
  /** By the scopes of its spans, as far as they were looked at. */
  readonly scopes: Map<string, string | undefined>;
}

const toldBy = onceEach(({ service, attributes }: Resource): ToldByResource => ({
  isNode: attributeOf(attributes, 'telemetry.sdk.language') === 'nodejs',
  server: productNamed(textAttribute(attributes, 'webengine.name') ?? ''),
  service: productNamed(service.replace(/^unknown_service:/, '')),
  scopes: new Map(),
}));

function productOfScope(scope: string, { scopes }: ToldByResource): string | undefined {
  if (!scopes.has(scope)) scopes.set(scope, productNamed(scope));
  return scopes.get(scope);
}

const anyProduct = /traefik|nginx|ngx|envoy|kong|haproxy|caddy|apisix/i;

const productNamed = (name: string): string | undefined =>
  anyProduct.test(name) ? products.find(([pattern]) => pattern.test(name))?.[1] : undefined;

/** Traefik 3 (pkg/middlewares/observability): names of spans are the same since 3.0 but for the entry point's. */
function traefikSpan(span: RawSpan): ProxySpan {
  const { attributes, name, kind } = span;
  const text = (key: string) => textAttribute(attributes, key) ?? '';
  const router = text('traefik.router.name');
  const service = text('traefik.service.name');
  const middleware = text('traefik.middleware.name');
  const of = (part: ProxyPart, named: string): ProxySpan => ({
    product: 'Traefik',
    part,
    name: named,
    rule: '',
    service: '',
  });
  if (middleware !== '') return of('middleware', middleware);
  if (router !== '') return { ...of('router', router), rule: text('http.route'), service };
  if (service !== '') return of('service', service);
  if (kind === 'server') return of('entry', text('entry_point'));
  if (kind === 'client') return of(/^auth/i.test(name) ? 'check' : 'forward', '');
  return of('other', '');
}

function genericSpan(product: string, { attributes, kind }: RawSpan): ProxySpan {
  const part = kind === 'server' ? 'entry' : kind === 'client' ? 'forward' : 'other';
  const cluster = textAttribute(attributes, 'upstream_cluster.name', 'upstream_cluster') ?? '';
  return { product, part, name: '', rule: '', service: cluster };
}

/**
 * What a row of a proxy's span is called: what it is, by the product's own words, in front of what it is for. The span's
 * own name stays a part of it: it is what people search for.
 */
export function proxyLabel(span: RawSpan, { product, part, name, rule }: ProxySpan): string {
  const own = span.name;
  switch (part) {
    case 'entry':
      return entryLabel(span, product, name);
    case 'router':
      return `${own} ${name}${rule === '' ? '' : `: ${rule}`}`;
    case 'service':
      return `${own} ${name}`;
    case 'middleware':
      return `Middleware ${own} ${name}`;
    case 'forward':
    case 'check': {
      const asked = [requestMethod(span), addressOf(span)].filter((text) => text !== '').join(' ');
      return asked === '' || own.includes(asked) ? own : withoutMethod(own, asked);
    }
    case 'other':
      return own;
  }
}

/** `DELETE /orders/7 · Traefik entry point web`: what was asked for tells traces apart. */
function entryLabel(span: RawSpan, product: string, entryPoint: string): string {
  const method = requestMethod(span);
  const path = (textAttribute(span.attributes, 'url.path', 'http.target') ?? '').replace(
    /\?.*$/s,
    '',
  );
  const asked = `${method} ${path}`.trim();
  const where = entryPoint === '' ? product : `${product} entry point ${entryPoint}`;
  const own = span.name === method || span.name === 'EntryPoint' ? '' : span.name;
  const parts = own === '' ? [asked] : own.includes(asked) ? [own] : [own, asked];
  return [...parts.filter((text) => text !== ''), where].join(' · ');
}

/** `GET` of `GET host/path` isn't said twice. */
const withoutMethod = (own: string, asked: string): string =>
  asked.startsWith(`${own} `) ? asked : `${own} ${asked}`;

const requestMethod = ({ attributes }: RawSpan): string =>
  textAttribute(attributes, 'http.request.method', 'http.method') ?? '';

/** Without credentials, and without the query, which is another for each request. */
function addressOf({ attributes }: RawSpan): string {
  const url = textAttribute(attributes, 'url.full', 'http.url') ?? '';
  return /^https?:\/\/(?:[^/?#@]*@)?([^?#]+)/.exec(url)?.[1] ?? '';
}

/** The product and its part: `Traefik router orders@docker`, `Traefik entry point web`, `nginx`. */
export function proxyTitle({ product, part, name }: ProxySpan): string {
  if (name === '') return product;
  const word = part === 'entry' ? 'entry point' : part;
  return `${product} ${word} ${name}`;
}
