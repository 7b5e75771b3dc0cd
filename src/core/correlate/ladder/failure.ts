import { message } from '../../base/message.ts';
import type { CodeIndex, CodeLocation } from '../../code/model.ts';
import { textAttribute, type RawSpan, type SpanEvent } from '../../trace/rawSpan.ts';
import type { Confidence, Match } from '../match.ts';
import { symbolAt } from './codeAttributes.ts';
import { fileName } from './lookups.ts';
import type { PathOptions } from './options.ts';
import { parsePrismaInvocation, parseStack, type StackFrame } from './stackFrames.ts';
import { findMappedSource, findWorkspaceFiles } from './workspaceFile.ts';

/** Where in the workspace an exception that a span recorded came from. */
interface FailureLocation {
  readonly location: CodeLocation;
  /** `OrdersService.remove`. */
  readonly symbol: string;
  readonly confidence: Confidence;
  readonly reason: string;
}

const maxEvents = 20;

/**
 * One location for each exception event that leads into the workspace: the call that Prisma names in its
 * message, else the innermost stack frame that is workspace code, through source maps.
 */
export function failureLocations(
  span: RawSpan,
  index: CodeIndex,
  options: PathOptions,
): readonly FailureLocation[] {
  const found: FailureLocation[] = [];
  for (const event of span.events.slice(0, maxEvents)) {
    if (event.name !== 'exception') continue;
    const failure = locate(event, index, options);
    if (failure !== undefined) found.push(failure);
  }
  return found;
}

/** Step 6 of the ladder, for a span nothing else says the code of: where it failed. */
export const failureMatch = (failure: FailureLocation): Match => ({
  ...failure,
  alternatives: [],
  handlerId: undefined,
  prismaCallId: undefined,
});

/** A match that also says where its span failed. */
export function withFailure(match: Match, { location, symbol }: FailureLocation): Match {
  const failed = message(
    'It failed in {0}, {1}:{2}.',
    symbol,
    fileName(location.path),
    location.line,
  );
  return { ...match, reason: `${match.reason} ${failed}` };
}

function locate(
  { attributes }: SpanEvent,
  index: CodeIndex,
  options: PathOptions,
): FailureLocation | undefined {
  const text = textAttribute(attributes, 'exception.message') ?? '';
  const stack = textAttribute(attributes, 'exception.stacktrace') ?? '';
  const call = parsePrismaInvocation(text) ?? parsePrismaInvocation(stack);
  const inCall =
    call && locateFrame(call, index, options, message('Prisma says that the call here failed.'));
  if (inCall) return inCall;
  for (const frame of parseStack(stack)) {
    const found = locateFrame(
      frame,
      index,
      options,
      message("The exception's innermost frame in the workspace."),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function locateFrame(
  frame: StackFrame,
  index: CodeIndex,
  options: PathOptions,
  reason: string,
): FailureLocation | undefined {
  const { path, line, column } = frame;
  const source = findMappedSource(path, line, column, index, options);
  if (source !== undefined) {
    const symbol = symbolAt(source.location, index);
    const confidence = source.certain ? 'exact' : 'likely';
    return { location: source.location, symbol, confidence, reason };
  }
  const { files, certain, compiled } = findWorkspaceFiles(path, index, options);
  const [file] = files;
  if (file === undefined) return undefined;
  if (compiled) return locateFunction(frame, files, index, reason);
  const location = { path: file, line, column };
  const confidence = certain && files.length === 1 ? 'exact' : 'likely';
  return { location, symbol: symbolAt(location, index), confidence, reason };
}

/** Without a source map the lines of a compiled file say nothing; the function's name does. */
function locateFunction(
  { functionName }: StackFrame,
  files: readonly string[],
  index: CodeIndex,
  reason: string,
): FailureLocation | undefined {
  const [name, className] = functionName.split('.').reverse();
  const methods = files
    .flatMap((file) => index.methodsOf(file))
    .filter((method) => method.name === name && method.className === (className ?? ''));
  const [method] = methods;
  if (method === undefined || methods.length > 1) return undefined;
  return {
    location: method.location,
    symbol: symbolAt(method.location, index),
    confidence: 'likely',
    reason: `${reason} ${message('There is no source map: this is the function, not the line.')}`,
  };
}
