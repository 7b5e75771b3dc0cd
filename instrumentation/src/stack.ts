import type { AnyFunction } from './anyFunction.ts';
/** Enough for most calls: each frame costs half a microsecond. */
const fewFrames = 4;
/** Frames of SDKs and of frameworks between a call and its span. */
const manyFrames = 30;
/** Of clients of databases, caches and queues, and of the SDK. */
const usualFrames = 8;
/** Where frameworks are between a call and its span. */
const deepFrames = 60;
const prismaRuntime = /[\\/]runtime[\\/](?:library|client|binary|edge|wasm[\w-]*)\.m?js$/;
/** Of this package. */
const ownFolder =
  stackAbove(1)
    .at(0)
    ?.getFileName()
    ?.replace(/[^\\/]*$/, '') ?? '';

/** The nearest of `applicationFrames`; takes some microseconds. */
export function applicationFrame(below: AnyFunction): NodeJS.CallSite | undefined {
  return (
    stackAbove(fewFrames, below).find(isOfApplication) ??
    stackAbove(manyFrames, below).find(isOfApplication)
  );
}

/**
 * The frames above `below` that are neither in node_modules nor Node's, this package's or Prisma's, the
 * nearest first. Takes some microseconds.
 */
export function applicationFrames(below: AnyFunction): readonly NodeJS.CallSite[] {
  return stackAbove(manyFrames, below).filter(isOfApplication);
}

/** A library's call that noted its line is nearer than the application's next frame. */
export const duringCall = Symbol('during a call');

/**
 * The frame of the application whose call is running, if it still runs: what awaits something else is not
 * looked at. `duringCall`: a library's method that noted its call is between. Takes some microseconds.
 */
export function callingFrame(
  below: AnyFunction,
  { isLibrary = noFile, usual = usualFrames }: Search = {},
): NodeJS.CallSite | typeof duringCall | undefined {
  for (const frames of [usual, deepFrames]) {
    const stack = stackAbove(frames, below);
    for (const frame of stack) {
      if (frame.isAsync()) return undefined;
      if (isOfApplication(frame)) return frame;
      const file = frame.getFileName() ?? '';
      if (file.startsWith(ownFolder) && frame.getFunctionName() === 'duringNotedCall')
        return duringCall;
      if (isLibrary(file)) return undefined;
    }
    if (stack.length < frames) return undefined;
  }
  return undefined;
}
const noFile = () => false;

/** How far to look for the application's frame. */
export interface Search {
  /** Files that end the search. */
  readonly isLibrary?: (file: string) => boolean;
  /** How many frames it is usually within. */
  readonly usual?: number;
}

function stackAbove(frames: number, below?: AnyFunction): readonly NodeJS.CallSite[] {
  const { stackTraceLimit } = Error;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- put back as it was
  const { prepareStackTrace } = Error;
  const holder: { stack?: readonly NodeJS.CallSite[] } = {};
  try {
    Error.stackTraceLimit = frames;
    Error.prepareStackTrace = (_error, stack) => stack;
    Error.captureStackTrace(holder, below);
    return holder.stack ?? [];
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  }
}

/** By file: they are asked again and again. */
const ofApplication = new Map<string, boolean>();

function isOfApplication(frame: NodeJS.CallSite): boolean {
  const file = frame.getFileName();
  if (typeof file !== 'string') return false;
  let known = ofApplication.get(file);
  if (known === undefined) {
    known =
      !file.startsWith(ownFolder) &&
      !file.startsWith('node:') &&
      !file.includes('node_modules') &&
      !prismaRuntime.test(file);
    if (ofApplication.size < maxFiles) ofApplication.set(file, known);
  }
  return known;
}
/** More files than a program has: it makes them up as it runs. */
const maxFiles = 50_000;
