import type { AnyFunction } from './anyFunction.ts';
import { Session } from 'node:inspector';

/** Where a function's code begins, in the file that Node runs; counted from 1. */
export interface FunctionLocation {
  /** A path, or a `file:` URL. */
  readonly script: string;
  readonly line: number;
  readonly column: number;
}

const shelf = Symbol.for('@spanhop/otel.functions');
/** What V8 calls scripts by, and their files: those seen so far. */
const scripts = new Map<string, string>();

/**
 * Where V8 says that the functions are: undefined for one that isn't written in JavaScript, and for all
 * where Node has no inspector. The first time it costs some 50 ms: V8 lists every script it has.
 */
export function functionLocations(
  functions: readonly AnyFunction[],
): (FunctionLocation | undefined)[] {
  const session = new Session();
  const shelved = globalThis as { [shelf]?: readonly AnyFunction[] };
  try {
    session.connect();
    shelved[shelf] = functions;
    const found = functions.map((_, position) => rawLocation(session, position));
    if (found.some((one) => one !== undefined && !scripts.has(one.scriptId))) listScripts(session);
    return found.map((one) => {
      const script = scripts.get(one?.scriptId ?? '');
      if (one === undefined || script === undefined || script === '') return undefined;
      return { script, line: one.lineNumber + 1, column: (one.columnNumber ?? 0) + 1 };
    });
  } catch {
    return functions.map(() => undefined);
  } finally {
    Reflect.deleteProperty(shelved, shelf);
    session.disconnect();
  }
}

interface RawLocation {
  readonly scriptId: string;
  readonly lineNumber: number;
  readonly columnNumber?: number;
}

/** The protocol answers in the same turn: a session in the same thread has no queue. */
function rawLocation(session: Session, position: number): RawLocation | undefined {
  let found: RawLocation | undefined;
  const expression = `globalThis[Symbol.for('@spanhop/otel.functions')][${String(position)}]`;
  session.post('Runtime.evaluate', { expression, objectGroup: 'spanhop' }, (error, evaluated) => {
    const { objectId } = error ? {} : evaluated.result;
    if (objectId === undefined) return;
    session.post('Runtime.getProperties', { objectId, ownProperties: true }, (failed, answer) => {
      if (failed) return;
      const property = answer.internalProperties?.find(
        ({ name }) => name === '[[FunctionLocation]]',
      );
      found = property?.value?.value as RawLocation | undefined;
    });
  });
  session.post('Runtime.releaseObjectGroup', { objectGroup: 'spanhop' });
  return found;
}

function listScripts(session: Session): void {
  session.on('Debugger.scriptParsed', ({ params }) => {
    scripts.set(params.scriptId, params.url);
  });
  session.post('Debugger.enable');
  session.post('Debugger.disable');
}
