/** Enough for most calls: each frame costs half a microsecond. */
const fewFrames = 4;
/** Frames of SDKs and of frameworks between a call and its span. */
const manyFrames = 30;
const prismaRuntime = /[\\/]runtime[\\/](?:library|client|binary|edge|wasm[\w-]*)\.m?js$/;
const ownFile = stackAbove(1).at(0)?.getFileName();

/** The nearest of `applicationFrames`; takes some microseconds. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- what captureStackTrace takes
export function applicationFrame(below: Function): NodeJS.CallSite | undefined {
  return (
    stackAbove(fewFrames, below).find(isOfApplication) ??
    stackAbove(manyFrames, below).find(isOfApplication)
  );
}

/**
 * The frames above `below` that are neither in node_modules nor Node's, this package's or Prisma's, the
 * nearest first. Takes some microseconds.
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- what captureStackTrace takes
export function applicationFrames(below: Function): readonly NodeJS.CallSite[] {
  return stackAbove(manyFrames, below).filter(isOfApplication);
}

// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- as above
function stackAbove(frames: number, below?: Function): readonly NodeJS.CallSite[] {
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
      file !== ownFile &&
      !file.startsWith('node:') &&
      !file.includes('node_modules') &&
      !prismaRuntime.test(file);
    if (ofApplication.size < maxFiles) ofApplication.set(file, known);
  }
  return known;
}
/** More files than a program has: it makes them up as it runs. */
const maxFiles = 50_000;
