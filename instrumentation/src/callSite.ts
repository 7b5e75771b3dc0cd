import type { AnyFunction } from './anyFunction.ts';
import { codeAttributes, namesFromEnvironment, type Location } from './location.ts';
import { methodAround } from './methodExtents.ts';
import { pathOf, sourceOf } from './sourceMaps.ts';
import { applicationFrame, callingFrame, duringCall, type Search } from './stack.ts';

/** More call sites than a program has: it compiles code as it runs. */
const maxSites = 20_000;

/** What was told of a place in a running file. */
interface Site {
  /** Of `this`: a method may be inherited. */
  readonly type: string | null;
  /** A function made by another goes by the name it is given. */
  readonly name: string | null;
  /** Another one: the file was loaded anew, or has its name from another. */
  readonly line: number | null;
  readonly location: Location;
}

/** By file, then by the place in it: text of both together would be made and hashed for each call. */
let sites = new Map<string, Map<number, Site[]>>();
let siteCount = 0;

/**
 * The line of the application that made the present call: the nearest frame above `below` that is neither
 * in node_modules nor Node's, this package's or Prisma's. Undefined when there is none. Takes some microseconds.
 */
export function applicationCall(below: AnyFunction): Location | undefined {
  const frame = applicationFrame(below);
  return frame === undefined ? undefined : locationOf(frame);
}

/**
 * The line of the application whose call is running at this moment, and not one that awaits it; `duringCall`:
 * a library's call that noted its own line is nearer.
 */
export function callPlace(
  below: AnyFunction,
  search?: Search,
): Location | typeof duringCall | undefined {
  const frame = callingFrame(below, search);
  if (frame === undefined || frame === duringCall) return frame;
  const location = locationOf(frame);
  // A library in the application's bundle.
  return location.path.includes('node_modules') ? undefined : location;
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
  const known = sitesAt(frame.getFileName() ?? '', frame.getPosition());
  const type = frame.getTypeName();
  const name = frame.getFunctionName();
  const line = frame.getLineNumber();
  for (const site of known)
    if (site.type === type && site.name === name && site.line === line) return site.location;
  const location = newLocation(frame, type, name, line ?? 1);
  known.push({ type, name, line, location });
  siteCount += 1;
  return location;
}

function sitesAt(script: string, position: number): Site[] {
  if (siteCount >= maxSites) {
    sites = new Map();
    siteCount = 0;
  }
  let inScript = sites.get(script);
  if (inScript === undefined) sites.set(script, (inScript = new Map<number, Site[]>()));
  let found = inScript.get(position);
  if (found === undefined) inScript.set(position, (found = []));
  return found;
}

function newLocation(
  frame: NodeJS.CallSite,
  type: string | null,
  name: string | null,
  line: number,
): Location {
  const script = frame.getFileName() ?? '';
  return {
    line: undefined,
    column: undefined,
    ...place(script, line, frame.getColumnNumber() ?? 1),
    functionName: qualifiedName(type, name) ?? methodAround(script, line),
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
function qualifiedName(type: string | null, name: string | null): string | undefined {
  if (name === null || name === '') return undefined;
  const isMethod = type !== null && !['Object', 'Function', 'global'].includes(type);
  return isMethod && !name.includes('.') ? `${type}.${name}` : name;
}
