import { codeAttributes, namesFromEnvironment, type Location } from './location.ts';
import { methodAround } from './methodExtents.ts';
import { pathOf, sourceOf } from './sourceMaps.ts';
import { applicationFrame } from './stack.ts';

/** More call sites than a program has: it compiles code as it runs. */
const maxSites = 20_000;

/** A place in a running file, for each class that calls from there: a method may be inherited. */
type Site = Map<string | null, Location>;

/** By file, then by the place in it: text of both together would be made and hashed for each call. */
let sites = new Map<string, Map<number, Site>>();
let siteCount = 0;

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
  const site = siteOf(frame.getFileName() ?? '', frame.getPosition());
  const type = frame.getTypeName();
  let location = site.get(type);
  if (location === undefined) {
    location = newLocation(frame, type);
    site.set(type, location);
    siteCount += 1;
  }
  return location;
}

function siteOf(script: string, position: number): Site {
  if (siteCount >= maxSites) {
    sites = new Map();
    siteCount = 0;
  }
  let inScript = sites.get(script);
  if (inScript === undefined) sites.set(script, (inScript = new Map<number, Site>()));
  let site = inScript.get(position);
  if (site === undefined) inScript.set(position, (site = new Map<string | null, Location>()));
  return site;
}

function newLocation(frame: NodeJS.CallSite, type: string | null): Location {
  const script = frame.getFileName() ?? '';
  const line = frame.getLineNumber() ?? 1;
  const column = frame.getColumnNumber() ?? 1;
  return {
    line: undefined,
    column: undefined,
    ...place(script, line, column),
    functionName: functionNameOf(frame, type) ?? methodAround(script, line),
  };
}

function place(script: string, line: number, column: number) {
  try {
    return sourceOf(script, line, column);
  } catch {
    return { path: pathOf(script) };
  }
}

/** `Class.method` for methods, the bare name for functions. */
function functionNameOf(frame: NodeJS.CallSite, type: string | null): string | undefined {
  const name = frame.getFunctionName();
  if (name === null || name === '') return undefined;
  const isMethod = type !== null && !['Object', 'Function', 'global'].includes(type);
  return isMethod && !name.includes('.') ? `${type}.${name}` : name;
}
