import { spanRow } from '../base/units.ts';
import { errorStatus, type TraceShape } from '../trace/trace.ts';
import { hasChildren, type Folds } from './fold.ts';

/**
 * Steps inside Prisma's engine and inside a connection, as instrumentations name them: they explain a call, and are
 * not one of the team's own. (`prisma:client:operation` is the call, `prisma:client:transaction` holds calls.)
 */
const internalNames = [
  /^prisma:(?:client|engine):(?!operation$|transaction$|middleware$)/,
  /^(?:tcp|tls|ipc)\.connect$/,
  /^dns\.(?:lookup|resolve)/,
];

/** Of express, koa, connect and fastify: one span for each middleware of the application. */
export const isMiddleware = (name: string): boolean => /^middleware(?: - |$)/.test(name);

const isInternal = (name: string): boolean => internalNames.some((one) => one.test(name));

/**
 * The folds a trace opens with: calls whose every span below is internal have one line, unless one below failed that
 * the call itself survived. Roots stay open. O(n).
 */
export function opening(shape: TraceShape): Folds {
  const { parent, operation, status } = shape.columns;
  const internal = shape.operationNames.map(isInternal);
  const folds = new Uint8Array(shape.size);
  const matters = new Uint8Array(shape.size);
  for (let row = shape.size - 1; row >= 0; row--) {
    const above = parent[row] ?? -1;
    if (above < 0) continue;
    folds[row] = hasChildren(shape, spanRow(row)) && matters[row] !== 1 ? 1 : 0;
    const isFailure = status[row] === errorStatus && status[above] !== errorStatus;
    if (matters[row] === 1 || isFailure || internal[operation[row] ?? 0] !== true)
      matters[above] = 1;
  }
  return folds;
}
