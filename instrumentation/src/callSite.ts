import { codeAttributes, namesFromEnvironment, type Location } from './location.ts';
import { methodAround } from './methodExtents.ts';
import { pathOf, sourceOf } from './sourceMaps.ts';
import { applicationFrame } from './stack.ts';

/** More call sites than a program has: it compiles code as it runs. */
const maxSites = 20_000;

let sites = new Map<string, Location>();

/**
 * The line of the application that made the present call: the nearest frame above `below` that is neither
 * in node_modules nor Node's, this package's or Prisma's. Undefined when there is none. Takes some microseconds.
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- what captureStackTrace takes
export function applicationCall(below: Function): Location | undefined {
  const frame = applicationFrame(below);
  return frame === undefined ? undefined : locationOf(frame);
}

/**
 * Attributes with the line that calls this function, for a span that it starts:
 * `tracer.startSpan('reprice', { attributes: codeLocation() })`. Empty when that can't be told.
 */
export function codeLocation(): ReturnType<typeof codeAttributes> {
  try {
    const location = applicationCall(codeLocation);
    return location === undefined ? {} : codeAttributes(location, namesFromEnvironment());
  } catch {
    return {};
  }
}

function locationOf(frame: NodeJS.CallSite): Location {
  const script = frame.getFileName() ?? '';
  const line = frame.getLineNumber() ?? 1;
  const column = frame.getColumnNumber() ?? 1;
  const own = functionNameOf(frame);
  const key = `${script}:${String(line)}:${String(column)}:${own ?? ''}`;
  const known = sites.get(key);
  if (known !== undefined) return known;
  const functionName = own ?? methodAround(script, line);
  const location = {
    line: undefined,
    column: undefined,
    ...place(script, line, column),
    functionName,
  };
  if (sites.size >= maxSites) sites = new Map();
  sites.set(key, location);
  return location;
}

function place(script: string, line: number, column: number) {
  try {
    return sourceOf(script, line, column);
  } catch {
    return { path: pathOf(script) };
  }
}

/** `Class.method` for methods, the bare name for functions. */
function functionNameOf(frame: NodeJS.CallSite): string | undefined {
  const name = frame.getFunctionName();
  if (name === null || name === '') return undefined;
  const type = frame.getTypeName();
  const isMethod = type !== null && !['Object', 'Function', 'global'].includes(type);
  return isMethod && !name.includes('.') ? `${type}.${name}` : name;
}
