import type { Span, Tags } from './jaegerText.ts';

export const queryTags = (model: string, method: string, row: number): Tags => [
  ['db.system.name', 'postgresql'],
  [
    'db.query.text',
    method === 'update'
      ? `UPDATE "${model}" SET "seen" = $1 WHERE "id" = $2`
      : `SELECT "id" FROM "${model}" WHERE "id" = $1`,
  ],
  ['db.namespace', 'things'],
  ['db.row', row],
  ['server.address', 'db-1.internal'],
  ['server.port', 5_432],
];

export const serverSpan = (
  method: string,
  route: string,
  service: string,
  url = route,
  tenant = 0,
) =>
  ({
    name: `${method} ${route}`,
    kind: 'server',
    scope: '@opentelemetry/instrumentation-http',
    tags: [
      ['http.request.method', method],
      ['http.route', route],
      ['url.path', url],
      ['http.response.status_code', 200],
      ['server.address', `${service}.internal`],
      ['tenant.id', `tenant-${tenant}`],
    ],
  }) as const satisfies Partial<Span>;

export const clientSpan = (url: string) =>
  ({
    name: 'GET',
    kind: 'client',
    scope: '@opentelemetry/instrumentation-undici',
    tags: [
      ['http.request.method', 'GET'],
      ['url.full', `http://things-api.internal${url}`],
      ['url.path', url],
      ['http.response.status_code', 200],
      ['server.address', 'things-api.internal'],
      ['server.port', 80],
    ],
  }) as const satisfies Partial<Span>;

export const expressSpan = (type: string, name: string) =>
  ({
    name: type === 'middleware' ? `middleware - ${name}` : 'request handler',
    scope: '@opentelemetry/instrumentation-express',
    tags: [
      ['express.name', name],
      ['express.type', type],
      ['http.route', type === 'middleware' ? '/' : name],
      ['otel.scope.version', '0.52.0'],
      ['app.release', '2026.11.3'],
      ['deployment.region', 'eu-central-1'],
    ],
  }) as const satisfies Partial<Span>;

export const handlerSpan = (controller: string, method: string, route: string) =>
  ({
    name: `${controller}.${method}`,
    scope: '@opentelemetry/instrumentation-nestjs-core',
    tags: [
      ['component', '@nestjs/core'],
      ['http.route', route],
      ['nestjs.callback', method],
      ['nestjs.controller', controller],
      ['nestjs.type', 'request_context'],
      ['nestjs.version', '11.2.10'],
    ],
  }) as const satisfies Partial<Span>;

export const methodSpan = (method: string) =>
  ({
    name: method,
    scope: '@opentelemetry/instrumentation-nestjs-core',
    tags: [
      ['component', '@nestjs/core'],
      ['nestjs.callback', method],
      ['nestjs.type', 'handler'],
      ['nestjs.version', '11.2.10'],
      ['app.release', '2026.11.3'],
      ['deployment.region', 'eu-central-1'],
    ],
  }) as const satisfies Partial<Span>;
