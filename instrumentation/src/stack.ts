/** Frames of SDKs and of Prisma between a call and its span are about ten. */
const frames = 24;
const prismaRuntime = /[\\/]runtime[\\/](?:library|client|binary|edge|wasm[\w-]*)\.m?js$/;
const ownFile = stackAbove().at(0)?.getFileName();

/**
 * The frames above `below` that are neither in node_modules nor Node's, this package's or Prisma's, the
 * nearest first. Takes some microseconds.
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- what captureStackTrace takes
export function applicationFrames(below: Function): readonly NodeJS.CallSite[] {
  return stackAbove(below).filter(isOfApplication);
}

// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- as above
function stackAbove(below?: Function): readonly NodeJS.CallSite[] {
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

function isOfApplication(frame: NodeJS.CallSite): boolean {
  const file = frame.getFileName();
  return (
    typeof file === 'string' &&
    file !== ownFile &&
    !file.startsWith('node:') &&
    !file.includes('node_modules') &&
    !prismaRuntime.test(file)
  );
}
