import { message } from '../../base/message.ts';
import type { CodeIndex } from '../../code/model.ts';
import type { CodeLocation } from '../../code/location.ts';
import { symbolAt } from '../attributes/namedPlace.ts';
import { followMethod } from '../attributes/followMethod.ts';
import { functionNamed } from '../attributes/namedCode.ts';
import { isOtherLanguage, shownFunction } from '../attributes/otherLanguage.ts';
import type { PathOptions } from '../options.ts';
import { findMappedSource, findWorkspaceFiles, type FoundFiles } from '../files/workspaceFile.ts';
import { functionDoubt } from '../attributes/recordedLine.ts';
import type { Match } from '../match.ts';
import type { StackFrame } from './stackFrame.ts';

/** A place in the workspace that a stack trace names. */
export interface FramePlace extends Pick<
  Match,
  'location' | 'symbol' | 'confidence' | 'reason' | 'drifted'
> {
  /** Another file may be meant. */
  readonly doubtful?: true;
}

/**
 * Where in the workspace a frame is: through source maps, and by the name of its function where its line
 * isn't in it any more or is of a compiled file. Undefined: not of the workspace.
 * @param reason what the frame is, as a sentence
 */
export function locateFrame(
  frame: StackFrame,
  index: CodeIndex,
  options: PathOptions,
  reason: string,
): FramePlace | undefined {
  const { path, line, column } = frame;
  const source = findMappedSource(path, line, column, index, options);
  if (source !== undefined) {
    return locateLine(source.location, source, frame, index, reason);
  }
  const found = findWorkspaceFiles(path, index, options);
  const [file] = found.files;
  if (file === undefined) return undefined;
  if (found.compiled) return locateFunction(frame, found, index, reason);
  return locateLine({ path: file, line, column }, found, frame, index, reason);
}

function locateLine(
  recorded: CodeLocation,
  { certain, doubt }: Pick<FoundFiles, 'certain' | 'doubt'>,
  { functionName }: StackFrame,
  index: CodeIndex,
  frameReason: string,
): FramePlace | undefined {
  const named = functionNamed(functionName);
  const followed = followMethod(recorded, named, index);
  if (!certain && followed.kind === 'foreign') return undefined;
  const reason = `${frameReason} ${doubt}`.trim();
  const isDoubtful = certain ? {} : { doubtful: true as const };
  if (followed.kind === 'moved') {
    const { location } = followed.method;
    return {
      location,
      symbol: symbolAt(location, index),
      confidence: certain ? 'strong' : 'likely',
      reason: `${reason} ${message('The code has changed; showing the function, not the line.')}`,
      drifted: true,
      ...isDoubtful,
    };
  }
  if (isOtherLanguage(recorded, index)) {
    const symbol = named ? shownFunction(named) : symbolAt(recorded, index);
    return { location: recorded, symbol, confidence: 'likely', reason, ...isDoubtful };
  }
  const against = functionDoubt(followed, named);
  return {
    location: recorded,
    symbol: symbolAt(recorded, index),
    confidence: certain && against === '' ? 'exact' : 'likely',
    reason: `${reason} ${against}`.trim(),
    ...isDoubtful,
  };
}

/** Without a source map the lines of a compiled file say nothing; the function's name does. */
function locateFunction(
  { functionName }: StackFrame,
  { files, certain, doubt }: FoundFiles,
  index: CodeIndex,
  frameReason: string,
): FramePlace | undefined {
  const wanted = functionNamed(functionName);
  const methods = files
    .flatMap((file) => index.methodsOf(file))
    .filter(({ name, className }) => name === wanted?.name && className === wanted.className);
  const [method] = methods;
  if (method === undefined || methods.length > 1) return undefined;
  const reason = `${frameReason} ${doubt}`.trim();
  return {
    location: method.location,
    symbol: symbolAt(method.location, index),
    confidence: 'likely',
    reason: `${reason} ${message('No source map; showing the function, not the line.')}`,
    ...(!certain && { doubtful: true as const }),
  };
}
