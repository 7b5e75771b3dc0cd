import type { HttpKey, NestKey } from '../../src/core/matching/operations/operationKinds.ts';

/** The key of a server's span that has only what is given. */
export const httpKey = (parts: Partial<HttpKey>): HttpKey => ({
  kind: 'http',
  service: '',
  name: '',
  method: '',
  route: '',
  path: '',
  controller: '',
  callback: '',
  ...parts,
});

/** Of a server's span with a route: `GET /orders`. */
export const routeKey = (service: string, method: string, route: string): HttpKey =>
  httpKey({ service, name: `${method} ${route}`, method, route });

/** Of NestJS's span of a request. */
export const nestKey = (
  service: string,
  method: string,
  route: string,
  controller: string,
  callback: string,
): NestKey => ({
  kind: 'nest',
  service,
  name: `${controller}.${callback}`,
  method,
  route,
  controller,
  callback,
});
